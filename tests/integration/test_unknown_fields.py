"""An answer to a question that the form does not have, or does not offer, is reported and kept."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree
from sqlalchemy import select

from mochocho.app.migrations.migrate import downgrade, upgrade
from mochocho.app.status.cures import of_person
from mochocho.app.status.status_figures import CHOICES_UNKNOWN, NOT_OFFERED, UNKNOWN_FIELD, look
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from processing.register import register_forms
from processing.tables import ApplicantRow
from sync.mirror import queries
from sync.openrosa.source import SpoolSource
from sync.pull.pull_source import pull
from sync.sources.folder import FolderSource
from sync.sources.protocol import Source
from sync.tables import PublishedForm, SubmissionVersion
from sync.xform.unknown_fields import MOST, unknown_fields
from tests.builders import VERSION, XFORMS, application, copied, post, publish, uid, xform
from xlsforms import names

FIELDS = (
    *("applicant_type", "applicant_name", "district", "subdistrict", "village", "applied_on"),
    *("national_id", "phone", "photo", "end"),
)


def form(fields: Sequence[str] = FIELDS) -> bytes:
    """The form of `builders`, with the instance that a real one has: groups and repeats among it."""
    root = etree.fromstring(xform())
    data = next(root.iter(f"{{{XFORMS}}}data"))
    for name in fields:
        etree.SubElement(data, f"{{{XFORMS}}}{name}")
    etree.SubElement(etree.SubElement(data, f"{{{XFORMS}}}pages"), f"{{{XFORMS}}}page")
    return etree.tostring(root)


def told(home: Home) -> list[tuple[str, str, str, int]]:
    with reading(home.engine) as session:
        found = queries.unknown_fields(session)
        return [(one.form_id, one.form_version, one.field, one.count) for one in found]


@pytest.fixture(params=["spool", "folder"])
def send(request: pytest.FixtureRequest, any_home: Home, tmp_path: Path) -> object:
    """Give an instance to a source and pull it."""
    publish(any_home, form())
    folder = tmp_path / "phone"
    folder.mkdir()

    def sent(*instances: bytes) -> None:
        source: Source = FolderSource("folder:a", folder)
        for n, xml in enumerate(instances):
            if request.param == "folder":
                copied(folder, f"{len(list(folder.iterdir()))}-{n}", xml)
            else:
                post(any_home, xml)
                source = SpoolSource(any_home)
        pull(any_home, source)

    return sent


def one(n: int, fields: dict[str, object], **edit: str) -> bytes:
    return application(uid("k", n), fields, instance_id=uid("i", n), **edit)  # type: ignore[arg-type]


def test_they_are_counted_by_form_version_and_field(any_home: Home, send: object) -> None:
    send(  # type: ignore[operator]
        one(1, {"hair": "black", "hobbies": [{"hobby": "weaving"}, {"hobby": "singing"}]}),
        one(2, {"hair": "grey"}),
        one(3, {"pages": [{"page": ""}], "nothing": ""}),
    )
    assert told(any_home) == [
        (names.APPLICATION, VERSION, "hair", 2),
        (names.APPLICATION, VERSION, "hobbies/hobby", 1),
    ]
    waits = [w for stage in look(any_home).stages for w in stage.waiting if w.code == UNKNOWN_FIELD]
    assert [w.count for w in waits] == [2, 1]
    assert "hair" in waits[0].message_th
    assert "ไม่ถูกนับ" in waits[0].message_th
    assert any("hair" in line.th for line in of_person(look(any_home), datetime.now(UTC)))
    with reading(any_home.engine) as session:
        kept = session.scalars(select(SubmissionVersion.xml_sha256)).all()
    assert sum(b"weaving" in any_home.store.read(sha256) for sha256 in kept) == 1


def test_only_the_version_that_counts_is_told(any_home: Home, send: object) -> None:
    send(one(1, {"hair": "black"}))  # type: ignore[operator]
    edit = application(uid("k", 1), instance_id=uid("e"), deprecated_id=uid("i", 1))
    send(edit)  # type: ignore[operator]
    assert told(any_home) == []
    send(application(uid("k", 1), {"eyes": "brown"}, instance_id=uid("f"), deprecated_id=uid("e")))  # type: ignore[operator]
    assert [field for _, _, field, _ in told(any_home)] == ["eyes"]


LIST = "<root>{}</root>".format("".join(f"<item><name>{code}</name></item>" for code in ("yes", "no")))
ASKED = "<select1 ref='/data/photo'><label>ยินยอมหรือไม่</label>{}</select1>".format(
    "<itemset nodeset=\"instance('yes_no')/root/item\"><value ref='name'/></itemset>"
)


def choosing(form: bytes) -> bytes:
    """The form, with one question that is answered by choosing."""
    root = etree.fromstring(form)
    model = next(root.iter(f"{{{XFORMS}}}model"))
    model.append(etree.fromstring(f"<instance xmlns='{XFORMS}' id='yes_no'>{LIST}</instance>"))
    next(root.iter("{http://www.w3.org/1999/xhtml}body")).append(
        etree.fromstring(ASKED.replace("<select1", f"<select1 xmlns='{XFORMS}'"))
    )
    return etree.tostring(root)


def test_choices_that_are_not_offered_are_counted_by_question(any_home: Home) -> None:
    publish(any_home, choosing(form()))
    for n, chosen in enumerate(("yes", "perhaps", "perhaps", "never", "no")):
        post(any_home, one(n, {"photo": chosen}))
    pull(any_home, SpoolSource(any_home))
    with reading(any_home.engine) as session:
        (found,) = queries.not_offered(session)
        kept = {m.root_id: m.not_offered for m in queries.current(session, names.APPLICATION)}
    assert (found.form_version, found.question, found.answers) == (
        VERSION,
        "ยินยอมหรือไม่",
        ("never", "perhaps"),
    )
    assert found.count == 3
    assert sorted(a.written for answers in kept.values() for a in answers) == ["never", "perhaps", "perhaps"]
    (waits,) = (w for stage in look(any_home).stages for w in stage.waiting if w.code == NOT_OFFERED)
    assert waits.count == 3
    assert "“never” และ “perhaps” ซึ่งไม่ใช่ตัวเลือก" in waits.message_th
    lines = list(of_person(look(any_home), datetime.now(UTC)))
    assert any("ยินยอมหรือไม่" in line.th and "แก้คำตอบข้อนี้" in line.th for line in lines)
    assert any("was answered with: “never”, “perhaps”; the answers are kept" in line.en for line in lines)
    edit = application(uid("k", 3), {"photo": "no"}, instance_id=uid("e"), deprecated_id=uid("i", 3))
    post(any_home, edit)
    pull(any_home, SpoolSource(any_home))
    with reading(any_home.engine) as session:
        assert [one.answers for one in queries.not_offered(session)] == [("perhaps",)]


def test_what_came_before_anybody_looked_is_looked_at_when_its_form_stands_here(any_home: Home) -> None:
    publish(any_home, choosing(form()))
    for n, chosen in enumerate(("yes", "perhaps", "never")):
        post(any_home, one(n, {"photo": chosen}))
    pull(any_home, SpoolSource(any_home))
    register_forms.run(any_home)
    downgrade(any_home.engine, "0021")
    upgrade(any_home.engine)
    with reading(any_home.engine) as session:
        sha256 = session.scalars(select(PublishedForm.xform_sha256)).one()
        assert not list(queries.not_offered(session))
    kept = any_home.store.read(sha256)
    any_home.store.path(sha256).unlink()
    assert register_forms.due(any_home) == []
    (waits,) = (w for stage in look(any_home).stages for w in stage.waiting if w.code == CHOICES_UNKNOWN)
    assert (waits.count, f"{names.APPLICATION} รุ่น {VERSION}" in waits.message_th) == (3, True)
    lines = list(of_person(look(any_home), datetime.now(UTC)))
    assert any("mochocho restore" in line.th for line in lines)

    any_home.store.put(kept)
    assert len(register_forms.due(any_home)) == 3
    register_forms.run(any_home)
    assert register_forms.due(any_home) == []
    codes = [w.code for stage in look(any_home).stages for w in stage.waiting]
    assert CHOICES_UNKNOWN not in codes
    with reading(any_home.engine) as session:
        (found,) = queries.not_offered(session)
        registered = [json.dumps(content) for content in session.scalars(select(ApplicantRow.application))]
    assert (found.answers, found.count) == (("never", "perhaps"), 2)
    assert sum("perhaps" in content for content in registered) == 1


FIELDS_OF = frozenset({("a",), ("g",), ("g", "b"), ("r",), ("r", "c")})


@pytest.mark.parametrize(
    ("xml", "found"),
    [
        ("<d><a>1</a><g><b>2</b></g><r><c>1</c></r><r><c>2</c></r></d>", ()),
        ("<d><b>moved out of its group</b></d>", ("b",)),
        ("<d><g><a>moved into one</a></g></d>", ("g/a",)),
        ("<d><r><d>new in a repeat</d></r><r><d>again</d></r></d>", ("r/d",)),
        ("<d><new><deep><er>1</er></deep></new></d>", ("new/deep/er",)),
        ("<d><new/><other>  </other></d>", ()),
        ("<d><meta><audit>audit.csv</audit><instanceID>uuid:1</instanceID></meta></d>", ()),
        ("<d><formhub><uuid>1</uuid></formhub><__version__>v1</__version__></d>", ()),
        ('<d xmlns:o="http://openrosa.org/xforms"><o:meta><o:x>1</o:x></o:meta></d>', ()),
        ("<d><!-- a comment --><a>1<?pi x?></a></d>", ()),
    ],
)
def test_what_a_form_does_not_have(xml: str, found: tuple[str, ...]) -> None:
    assert unknown_fields(etree.fromstring(xml), FIELDS_OF) == found


def test_thousands_are_not_kept() -> None:
    root = etree.fromstring("<d>" + "".join(f"<x{n}>1</x{n}>" for n in range(5000)) + "</d>")
    assert len(unknown_fields(root, FIELDS_OF)) == MOST


def test_the_path_is_bounded() -> None:
    deep = "".join(f"<{'a' * 60}>" for _ in range(40)) + "1" + f"</{'a' * 60}>" * 40
    (path,) = unknown_fields(etree.fromstring(f"<d>{deep}</d>"), FIELDS_OF)
    assert len(json.dumps(path)) <= 202
