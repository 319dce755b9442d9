"""What is typed into a form on a phone is printed as it was typed: each question of each form for a text."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pymupdf
import pytest
from lxml import etree

from mochocho.app.migrations.migrate import upgrade
from mochocho.settings.config import load_settings
from mochocho.storage.home import Home, open_home
from mochocho.words.model import ApplicantType, Gate, Outcome
from processing.assessment import assess
from processing.register import register_forms
from tests.hostile_meetings import MARKUP
from tests.integration import commands
from tests.integration import own_work_mirror as own
from tests.integration import province_mirror as mirror
from tests.integration.own_work_mirror import WithRows
from tests.integration.test_certificates import resolve
from xlsforms import names
from xlsforms.build import build_forms

X = "{http://www.w3.org/2002/xforms}"
LEADER = ApplicantType.LEADER
NUMBERS = {"moo", "phone", "national_id", "author_phone"}
# What the forms ask and no paper says; the portal and `explain` show it.
NOT_PRINTED = {
    f"{names.APPLICATION} address",
    f"{names.ONSITE} conflict_why",
    f"{names.KNOWLEDGE} photo_about",
}
SEEN = ("house_registration_copy", "id_card_copy")  # originals that somebody saw
Typed = Mapping[str, str]


class Typist:
    """Answers the questions of the built forms that ask for a text, each with one of its own."""

    def __init__(self, home: Home) -> None:
        self.texts: dict[str, str] = {}
        self._asked: dict[str, list[tuple[str, str]]] = {}
        for form in build_forms(home.pack, home.province, "odk"):
            self._asked[form.form_id] = [*_questions(etree.fromstring(form.xform.encode()))]

    def answers(self, form_id: str) -> tuple[Typed, Mapping[str, Typed]]:
        """Those of the form itself, and a row of each of its repeats."""
        rows: dict[str, dict[str, str]] = defaultdict(dict)
        for name, repeat in self._asked[form_id]:
            if name not in NUMBERS and not re.match("n_[GNC][0-9]", name):  # a leader's are asked
                rows[repeat][name] = self._typed(form_id, name)
        return rows.pop("", {}), rows

    def _typed(self, form_id: str, name: str) -> str:
        return self.texts.setdefault(f"{form_id} {name}", f"ก {MARKUP} ข้อ {len(self.texts) + 1} จบ")


def _questions(root: etree._Element) -> Iterator[tuple[str, str]]:
    """The name of each question that is answered by a text, and of the repeat in which it is asked."""
    texts = {
        b.get("nodeset") for b in root.iter(f"{X}bind") if b.get("type") == "string" and not b.get("readonly")
    }
    repeats = [repeat.get("nodeset", "") for repeat in root.iter(f"{X}repeat")]
    for ref in (one.get("ref", "") for one in root.iter(f"{X}input")):
        if ref in texts:
            within = next((one for one in repeats if ref.startswith(f"{one}/")), "")
            yield ref.rpartition("/")[2], within.rpartition("/")[2]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    opened = open_home(load_settings(commands.settings(tmp_path, "[papers]\nthai_digits = false\n")))
    upgrade(opened.engine)
    yield opened
    opened.engine.dispose()


def forms(home: Home, typist: Typist) -> Iterator[mirror.Form]:
    """All forms about one leader."""
    first, *_ = (indicator.code for indicator in home.pack.standard(LEADER).indicators)
    fields, rows = typist.answers(names.APPLICATION)
    form = mirror.application(home, 1, LEADER)
    seen = {names.document(LEADER, code): "waived" for code in SEEN}
    yield with_rows(
        form, {**fields, **seen}, {name: {**row, "team_from": "inside"} for name, row in rows.items()}
    )
    fields, rows = typist.answers(names.PLAN)
    planned = own.plan(home, 1, LEADER, [{**own.ITEM, "item_indicator": first, **rows["items"]}], **fields)
    yield with_rows(planned, {}, {"items": planned.rows["items"][0], "mentors": rows["mentors"]})
    fields, rows = typist.answers(names.SELF_ASSESSMENT)
    done = {"own_item": "x", "own_indicator": first, "own_text": "เกณฑ์", "own_target": "4", "own_unit": "ครั้ง"}
    yield own.self_assessment(
        home, 1, "self_after", LEADER, own=[{**done, "own_actual": "5", **rows["own"]}], **fields
    )
    fields, _ = typist.answers(names.ONSITE)
    reasons = {name: text for name, text in fields.items() if name.endswith("_why") and name.startswith("n_")}
    kept = {name: text for name, text in fields.items() if name not in reasons}
    assessor = kept.pop("assessor_typed")  # of which the form computes assessor_name
    others = {name.removesuffix("_why"): "other" for name in reasons}
    sheet = mirror.sheet(home, 1, LEADER, assessor, mode="paper", **kept, **reasons, **others)
    sheet.fields |= {names.indicator(code): "" for code in _codes(home)}
    yield sheet
    yield mirror.sheet(home, 1, LEADER, "นายสอง ตัวอย่าง")
    fields, rows = typist.answers(names.KNOWLEDGE)
    about = {"applicant_key": mirror.ENTITY.format(1), "applicant_type": "leader", "may_publish": "yes"}
    yield with_rows(mirror.Form(names.KNOWLEDGE, "known-1", {}), {**about, **fields}, rows)


def _codes(home: Home) -> list[str]:
    return [indicator.code for indicator in home.pack.standard(LEADER).indicators]


def with_rows(form: mirror.Form, fields: Typed, rows: Mapping[str, Typed]) -> WithRows:
    made = WithRows(form.form_id, form.root_id, {**form.fields, **fields}, form.files, form.entity)
    made.rows = {name: [row] for name, row in rows.items()}
    return made


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_every_text_of_every_form_is_printed_as_it_was_typed(home: Home, tmp_path: Path) -> None:
    typist = Typist(home)
    mirror.send(home, *forms(home, typist))
    register_forms.run(home)
    assess.do(home, assess.due(home))
    resolve(home, mirror.ENTITY.format(1), gate=Gate.DISTRICT)
    resolve(home, mirror.ENTITY.format(1), Outcome.FAIL)
    assess.do(home, assess.due(home))
    for words in (
        ("packet", "--out", "packet"),
        ("meeting", "new", "1/2568"),
        ("meeting", "after", "--out", "after"),
        ("districts", "papers", "--out", "districts"),
    ):
        done = commands.call(tmp_path, *words)
        assert done.returncode == 0, done.stderr
    pdf = {path.stem: of_pdf(path) for path in tmp_path.rglob("*.pdf")}
    printed = "".join(pdf.values())
    assert {name for name, text in typist.texts.items() if bare(text) not in printed} == NOT_PRINTED
    for name, said in pdf.items():  # nowhere is a part of it lost, or a digit another
        assert len(re.findall("ข้อ[0-9]+จบ", said)) == said.count(bare(MARKUP)), name


def of_pdf(path: Path) -> str:
    with pymupdf.open(path) as document:
        return bare("".join(page.get_text() for page in document))
