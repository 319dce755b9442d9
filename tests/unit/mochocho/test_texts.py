"""Text files as Notepad and Excel save them: read, or refused with the line."""

import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mochocho.words.texts import Unreadable, decoded, lost

THAI = 'province = "เชียงราย"\r\n# ห้องประชุม ชั้น ๓ “ใหญ่” – ที่ตั้ง ฿5\r\n'


@pytest.mark.parametrize(
    "content",
    [
        THAI.encode(),
        THAI.encode("utf-8-sig"),
        codecs.BOM_UTF16_LE + THAI.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + THAI.encode("utf-16-be"),
        THAI.encode("cp874"),
    ],
    ids=["UTF-8", "with a mark", "Unicode", "Unicode big endian", "ANSI"],
)
def test_what_windows_calls_text(content: bytes) -> None:
    assert decoded(content) == THAI


def test_tis_620_is_a_part_of_ansi() -> None:
    assert decoded("บ้านเนินน้ำผึ้ง เธียรศักดิ์ ก๋า ฤๅ ๏".encode("tis-620")) == "บ้านเนินน้ำผึ้ง เธียรศักดิ์ ก๋า ฤๅ ๏"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b'a = 1\nb = "\xff"\n', 2),
        ("a = 1\nb = 'café'\n".encode("cp1252"), 2),
        ("a\nb\nปี 2568 naïve".encode() + b"\xe9", 3),
        ("บ้านหนึ่ง,".encode() + b"\xba", 1),
        ("บ้านหนึ่ง".encode()[:-1], 1),
        ("a\n".encode("utf-16-le") + b"x\0", 1),
        (b"a\nb\n\0c", 3),
        (codecs.BOM_UTF16_LE + b"a", 1),
    ],
)
def test_what_cannot_be_told_is_named_with_its_line(content: bytes, line: int) -> None:
    with pytest.raises(Unreadable) as caught:
        decoded(content)
    assert caught.value.line == line
    assert all("Notepad" in said and "UTF-8" in said for said in caught.value.said)


WORDS = st.lists(
    st.sampled_from(
        ["บ้าน", "หนองบัว", "เนินสูง", "น้ำใส", "ธารทอง", "เธอ", "ชั้น ๓", "v1", "ที่", "ก่อ", " ", ",", "\n", '"']
    ),
    min_size=1,
)


@given(WORDS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp874"]))
@example(["เธอ"], "cp874")
@example(["เนินสูง"], "cp874")
def test_the_same_text_in_any_encoding(words: list[str], encoding: str) -> None:
    text = "".join(words)
    assert decoded(text.encode(encoding)) == text


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_utf_8_is_never_taken_for_anything_else(text: str) -> None:
    assert decoded(text.encode()) == text.removeprefix("\ufeff")


@pytest.mark.parametrize("text", ["????", "???? 12", "????-??", "บ\ufffdาน", "เธ\x9aเน\x89เธฒเธ\x99"])
def test_letters_that_were_lost(text: str) -> None:
    assert lost(text)


@pytest.mark.parametrize(
    "text", ["", "?", "ใช่หรือไม่??", "OK?? yes", "บ้านหนองบัว", "เธอ", "v1", "12", "–", "café"]
)
def test_letters_that_were_not(text: str) -> None:
    assert not lost(text)
