"""XML from strangers: characters are read as typed, expensive documents are refused early."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.words.errors import BadInput
from sync.xform.parse import MAX_ENTITIES, parse_instance
from sync.xform.safe_xml import MAX_ATTRIBUTES, MAX_NAMESPACES, read_xml

META = "<meta><instanceID>uuid:00000000-0000-4000-8000-000000000000</instanceID></meta>"


def text_of(written: str) -> str | None:
    return read_xml(f"<n>{written}</n>".encode("utf-8", "surrogatepass")).text


def refused(xml: str) -> str:
    with pytest.raises(BadInput) as caught:
        parse_instance(xml.encode("utf-8", "surrogatepass"))
    return caught.value.code


def with_attributes(attributes: str, inner: str = "") -> str:
    return f'<data id="visit" version="2" {attributes}>{inner}{META}</data>'


# --- characters


@pytest.mark.parametrize(
    "written",
    [
        "&#55357;&#56832;",
        "&#xD83D;&#xDE00;",
        "&#xd83d;&#56832;",
        "&#0055357;&#x000DE00;",
        "&#128512;",
        "\ud83d\ude00",
        "😀",
    ],
    ids=["decimal", "hex", "mixed", "zeros", "one reference", "halves as bytes", "as it is"],
)
def test_an_emoji_is_read_however_it_was_written(written: str) -> None:
    assert text_of(f"สมชาย {written} ใจดี") == "สมชาย 😀 ใจดี"


def test_emojis_and_other_references_stand_side_by_side() -> None:
    pairs = "&#55357;&#56832;&#55357;&#56833;"
    assert text_of(f"&#60;{pairs}&#10;&amp;&#x0E01;{pairs}") == "<😀😁\n&ก😀😁"


def test_an_emoji_in_an_attribute_is_read_too() -> None:
    assert read_xml(b'<n a="&#55357;&#56832;"/>').get("a") == "😀"


@pytest.mark.parametrize("kept", ["<![CDATA[{}]]>", "{}<!-- {} -->", "{}<?x {}?>"])
@pytest.mark.parametrize("literal", ["&#55357;&#56832;", "&#0;", "&#55357;"])
def test_what_only_looks_like_a_reference_is_text(kept: str, literal: str) -> None:
    inside = literal if kept.startswith("<![") else ""
    assert (text_of(kept.format(inside or "x", literal)) or "") == (inside or "x")


@pytest.mark.parametrize(
    "written",
    [
        "\x00",
        "\x08",
        "\uffff",
        "\ud83d",
        "&#0;",
        "&#8;",
        "&#x1F;",
        "&#xFFFE;",
        "&#xFFFF;",
        "&#55357;",
        "&#56832;&#55357;",
        "&#55357; &#56832;",
        "&#55357;x&#56832;",
        "&#55357;&#55357;&#56832;",
        "&#x110000;",
        f"&#{'9' * 5000};",
        f"&#x{'F' * 5000};",
    ],
    ids=lambda written: ascii(written)[:24],
)
def test_what_xml_forbids_is_refused_in_one_sentence(written: str) -> None:
    assert refused(f"<n>{written}</n>") == "xml.bad_character"
    assert refused(f'<n a="{written}"/>') == "xml.bad_character"


@given(st.text(st.characters(codec="utf-8")))
def test_every_text_that_xml_allows_survives_as_utf16_references(typed: str) -> None:
    allowed = "".join(c for c in typed if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))
    units = allowed.encode("utf-16-le")
    numbers = [int.from_bytes(units[i : i + 2], "little") for i in range(0, len(units), 2)]
    assert (text_of("".join(f"&#{number};" for number in numbers)) or "") == allowed


@pytest.mark.parametrize("unit", ["<!--", "<![CDATA[", "<?", "&#", "&#x", "&#55357;", "<!--&#1;"])
def test_what_never_ends_is_refused_at_once(unit: str) -> None:
    assert refused("<n>" + unit * (1_900_000 // len(unit))) in {"xml.malformed", "xml.bad_character"}


# --- bounds: without them each of these takes minutes of a processor


def test_sixty_thousand_attributes_are_refused() -> None:
    many = " ".join(f'a{number}="{number}"' for number in range(60_000))
    assert refused(with_attributes(many)) == "xml.too_many_attributes"


def test_many_attributes_deep_inside_are_refused() -> None:
    many = " ".join(f'a{number}=""' for number in range(MAX_ATTRIBUTES + 1))
    assert refused(with_attributes("", f"<a><b {many}/></a>")) == "xml.too_many_attributes"


def test_thirty_thousand_namespaces_are_refused() -> None:
    many = " ".join(f'xmlns:n{number}="http://{number}"' for number in range(30_000))
    assert refused(with_attributes(many)) == "xml.too_many_attributes"


def test_namespaces_that_add_up_from_level_to_level_are_refused() -> None:
    levels = MAX_NAMESPACES + 1
    opened = "".join(f'<a xmlns:n{number}="http://{number}">' for number in range(levels))
    assert refused(with_attributes("", opened + "</a>" * levels)) == "xml.too_many_attributes"


def test_many_elements_under_many_namespaces_are_refused() -> None:
    many = " ".join(f'xmlns:n{number}="http://{number}"' for number in range(MAX_NAMESPACES))
    assert refused(with_attributes(many, "<n1:a/>" * 40_000)) == "xml.too_many_attributes"


def test_a_namespace_declared_again_at_each_place_is_no_burden() -> None:
    again = '<b xmlns="http://openrosa.org/xforms" xmlns:x="http://x"/>' * 1000
    assert parse_instance(with_attributes("", again).encode()).form_id == "visit"


def test_as_many_attributes_as_are_allowed_are_read() -> None:
    many = " ".join(f'a{number}=""' for number in range(MAX_ATTRIBUTES - 2))
    assert parse_instance(with_attributes(many).encode()).canonical_sha256


def test_thousands_of_entities_in_one_instance_are_refused() -> None:
    entity = '<entity dataset="applicants" id="e" create="1"/>'
    assert refused(
        f'<data id="visit"><meta><instanceID>i</instanceID>{entity * (MAX_ENTITIES + 1)}</meta></data>'
    ) == ("entity.too_many")


def test_a_namespace_that_is_no_whole_uri_has_no_canonical_form() -> None:
    with pytest.raises(BadInput) as caught:
        _ = parse_instance(with_attributes('xmlns:a="b"').encode()).canonical_sha256
    assert caught.value.code == "xml.bad_namespace"
