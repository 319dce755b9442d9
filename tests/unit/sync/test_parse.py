"""Reading filled-in forms: what honest phones write, and what strangers may send."""

from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.words.errors import BadInput
from sync.xform.binds import Binds, parse_binds
from sync.xform.parse import MAX_VALUE, parse_instance
from sync.xform.safe_xml import MAX_BYTES, MAX_DEPTH
from tests.builders import application, instance, uid, xform

ID = uid("one")
BINDS = parse_binds(xform())


def refused(xml: bytes, binds: Binds | None = None) -> str:
    """The code of a refusal, whose message must be a Thai sentence that says what to do."""
    with pytest.raises(BadInput) as caught:
        parse_instance(xml, binds)
    assert any("\u0e00" <= letter <= "\u0e7f" for letter in caught.value.message_th)
    assert "ให้" in caught.value.message_th or "กรุณา" in caught.value.message_th
    return caught.value.code


def small(**fields: str) -> bytes:
    return instance("f", fields, instance_id=ID)


def with_id(written: str) -> bytes:
    return f'<data id="f" version="1"><meta><instanceID>{written}</instanceID></meta></data>'.encode()


# --- what an honest phone writes


def test_ids_come_without_their_prefix() -> None:
    read = parse_instance(application(instance_id=ID, deprecated_id=uid("before")))

    assert (read.form_id, read.version) == ("mochocho_application", "1")
    assert (read.instance_id, read.deprecated_id) == (ID, uid("before"))


@pytest.mark.parametrize(
    "meta",
    [
        "<meta><instanceID>uuid:{id}</instanceID></meta>",
        '<m:meta xmlns:m="http://openrosa.org/xforms"><m:instanceID> uuid:{id}\n</m:instanceID></m:meta>',
        '<orx:meta xmlns:orx="http://openrosa.org/xforms"><instanceID>{id}</instanceID></orx:meta>',
    ],
    ids=["bare", "namespace", "mixed"],
)
def test_meta_is_found_by_local_name_in_any_namespace(meta: str) -> None:
    xml = f'<x:anything xmlns:x="urn:x" id="f" version="1">{meta.format(id=ID)}</x:anything>'

    assert parse_instance(xml.encode()).instance_id == ID


def test_briefcase_may_name_the_instance_on_its_root_only() -> None:
    xml = f'<data id="f" version="1" instanceID="uuid:{ID}" submissionDate="2025-05-01T00:00:00Z"><a/></data>'

    assert parse_instance(xml.encode()).instance_id == ID


def test_a_question_called_instance_id_is_not_the_instance_id() -> None:
    group = "<g><meta><instanceID>y</instanceID></meta></g>"
    meta = f"<meta><instanceID>{ID}</instanceID></meta>"
    xml = f'<data id="f"><instanceID>uuid:x</instanceID>{group}{meta}</data>'

    assert parse_instance(xml.encode()).instance_id == ID


def test_file_names_are_those_of_file_questions_in_repeats_too() -> None:
    xml = application(
        fields={
            "photo": "1.jpg",
            "pages": [{"page": "2.jpg"}, {"page": ""}, {"page": "บ้าน.jpg"}],
            "note": "4.jpg",
        }
    )

    assert parse_instance(xml, BINDS).file_names == ("1.jpg", "2.jpg", "บ้าน.jpg")
    assert parse_instance(xml).file_names == ()


def test_an_entitys_properties_are_the_fields_that_the_form_saves_to_it() -> None:
    read = parse_instance(application(key=uid("k"), fields={"district": "5702"}), BINDS)

    (entity,) = read.entities
    assert (entity.list_name, entity.id, entity.label) == ("applicants", uid("k"), "นางสมมติ ทดสอบ")
    assert (entity.create, entity.update) == (True, False)
    assert entity.properties == {
        "applicant_type": "leader",
        "applicant_name": "นางสมมติ ทดสอบ",
        "district": "5702",
    }


def test_an_entity_that_is_neither_created_nor_updated_is_passed_over() -> None:
    xml = application().replace(b'create="1"', b'create=""')

    assert parse_instance(xml, BINDS).entities == ()


@pytest.mark.parametrize(("end", "finalised"), [("2025-05-01T09:00:00+07:00", True), ("", False)])
def test_a_form_that_records_its_end_tells_drafts_apart(end: str, finalised: bool) -> None:
    xml = small(end=end)

    assert parse_instance(xml, BINDS).finalised is finalised
    assert parse_instance(xml, parse_binds(xform(end=False))).finalised is None


def test_two_thousand_characters_of_thai_are_a_name() -> None:
    name = "ก" * 2000

    assert parse_instance(application(fields={"applicant_name": name}), BINDS).entities[0].label == name


def test_a_byte_order_mark_and_utf16_are_read() -> None:
    text = small(a="บ้าน").decode().replace("<?xml version='1.0' encoding='utf-8'?>", "")

    for content in (b"\xef\xbb\xbf" + text.encode(), text.encode("utf-16")):
        assert parse_instance(content).root.findtext("a") == "บ้าน"


def test_comments_do_not_cut_an_answer_in_two() -> None:
    assert parse_instance(small(a="x").replace(b">x<", b">x<!-- c -->y<?p i?>z<")).root.findtext("a") == "xyz"


def test_canonical_digest_ignores_how_xml_was_written_down() -> None:
    meta = f"<meta><instanceID>{ID}</instanceID></meta>"
    one = f'<data id="f" version="1"><a></a>{meta}</data>'
    same = f"<?xml version='1.0'?><data version='1'  id='f'><a/><!-- -->{meta}</data>"
    other = one.replace("<a>", "<a>.")

    digests = [parse_instance(xml.encode()).canonical_sha256 for xml in (one, same, other)]
    assert digests[0] == digests[1] != digests[2]


# --- what strangers may send

DEEP = b'<data id="f">' + b"<a>" * 10_000 + b"</a>" * 10_000 + b"</data>"
BOMB = (
    b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<data id="f" x="&b;">&b;</data>'
)
OUTSIDE = b'<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd"><data id="f"/>'

HOSTILE: Mapping[str, tuple[bytes, str]] = {
    "nothing": (b"", "xml.malformed"),
    "no xml": ("ไม่ใช่ XML".encode(), "xml.malformed"),
    "a photo": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "xml.encoding"),
    "cut off": (small(a="x")[:-9], "xml.malformed"),
    "two roots": (small() + b"<data/>", "xml.malformed"),
    "undeclared entity": (small(a="x").replace(b">x<", b">&nbsp;<"), "xml.malformed"),
    "dtd with a bomb": (BOMB, "xml.dtd"),
    "dtd outside": (OUTSIDE, "xml.dtd"),
    "dtd in utf-16": (BOMB.decode().encode("utf-16"), "xml.dtd"),
    "10,000 levels": (DEEP, "xml.too_deep"),
    "one level too many": (DEEP.replace(b"<a>" * 9_900, b"").replace(b"</a>" * 9_900, b""), "xml.too_deep"),
    "too many bytes": (small(a="x" * MAX_BYTES), "xml.too_large"),
    "too many fields": (small().replace(b"</data>", b"<a/>" * 60_000 + b"</data>"), "xml.too_large"),
    "NUL": (small(a="x").replace(b">x<", b">\x00<"), "xml.bad_character"),
    "NUL as a reference": (small(a="x").replace(b">x<", b">&#0;<"), "xml.bad_character"),
    "control character": (small(a="x").replace(b">x<", b">\x08<"), "xml.bad_character"),
    "not a character": (small(a="x").replace(b">x<", b">\xef\xbf\xbf<"), "xml.bad_character"),
    "declared TIS-620": (small().replace(b"encoding='utf-8'", b"encoding='tis-620'"), "xml.encoding"),
    "TIS-620 called UTF-8": (
        small(a="x").replace(b">x<", b">" + "บ้าน".encode("tis-620") + b"<"),
        "xml.encoding",
    ),
    "UTF-8 called UTF-16": (small().replace(b"encoding='utf-8'", b"encoding='utf-16'"), "xml.encoding"),
    "UTF-16 called UTF-8": (small().decode().encode("utf-16"), "xml.encoding"),
    "half of UTF-16": (small().decode().replace("utf-8", "utf-16").encode("utf-16")[:-1], "xml.encoding"),
    "another XML": (b"<rss><channel/></rss>", "form.no_id"),
    "a blank form": (xform(), "form.no_id"),
    "encrypted": (
        b'<data id="f" encrypted="yes"><meta><instanceID>a</instanceID></meta></data>',
        "instance.encrypted",
    ),
    "form id too long": (instance("ก" * 256, {}, instance_id=ID), "form.bad_id"),
    "version too long": (instance("f", {}, instance_id=ID, version="1" * 256), "form.bad_id"),
    "no meta": (b'<data id="f"/>', "instance.no_id"),
    "an edit of itself": (instance("f", {}, instance_id=ID, deprecated_id=ID), "instance.bad_id"),
    "bad deprecatedID": (instance("f", {}, instance_id=ID, deprecated_id="../x"), "instance.bad_id"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_bad_xml_is_refused_with_its_code(name: str) -> None:
    xml, code = HOSTILE[name]

    assert refused(xml) == code


@pytest.mark.parametrize(
    "written",
    [
        "",
        "uuid:",
        "../../x",
        "/etc/passwd",
        "a/b",
        "a\\b",
        "a\u202eb",
        "ก" * 100,
        "a" * 101,
        "a b",
        ".",
        "..",
    ],
)
def test_an_instance_id_that_no_phone_makes_is_refused(written: str) -> None:
    assert refused(with_id(written)) in {"instance.bad_id", "instance.no_id"}


def test_a_windows_device_name_is_harmless_because_no_id_becomes_a_path() -> None:
    assert parse_instance(with_id("CON")).instance_id == "CON"


@pytest.mark.parametrize(
    ("name", "ok"), [("../../x.jpg", True), ("ก" * 255, True), ("ก" * 256, False), ("a\tb", False)]
)
def test_file_names_need_only_fit_a_table_for_none_becomes_a_path(name: str, ok: bool) -> None:
    xml = small(photo=name)

    if ok:
        assert parse_instance(xml, BINDS).file_names == (name,)
    else:
        assert refused(xml, BINDS) == "instance.bad_file_name"


def test_an_entity_must_be_of_a_list_the_form_fills_and_have_an_id() -> None:
    xml = application()

    assert refused(xml.replace(b'"applicants"', b'"officers"'), BINDS) == "entity.unknown_list"
    assert refused(application(key="../x"), BINDS) == "entity.bad_id"
    assert refused(application(key=""), BINDS) == "entity.bad_id"
    assert refused(application(fields={"applicant_name": "ก" * (MAX_VALUE + 1)}), BINDS) == "entity.too_long"


def test_messages_never_quote_what_was_typed() -> None:
    with pytest.raises(BadInput) as caught:
        parse_instance(small(national_id="1000000000009").replace(b"</national_id>", b"</oops>"))

    assert "1000000000009" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_depth_is_counted_and_not_guessed() -> None:
    below = b'<data id="f">' + b"<a>" * (MAX_DEPTH - 1) + b"</a>" * (MAX_DEPTH - 1)

    assert parse_instance(below + b"<meta><instanceID>a</instanceID></meta></data>").instance_id == "a"


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_read_or_refused_and_never_anything_else(content: bytes) -> None:
    with pytest.raises(BadInput):
        parse_instance(content)


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_in_an_attribute_is_read_or_refused(form_id: str, version: str) -> None:
    head = f"<data id={quoteattr(form_id)} version={quoteattr(version)}>"
    xml = f"{head}<meta><instanceID>a</instanceID></meta></data>"
    try:
        read = parse_instance(xml.encode("utf-8", "surrogatepass"))
    except BadInput:
        return
    assert (read.form_id, read.version) == (form_id.strip(), version.strip())


def test_a_form_that_is_no_xform_cannot_be_published() -> None:
    with pytest.raises(BadInput, match=r"form\.malformed"):
        parse_binds(b"<data/>")
