"""Names of files: fit for every system, distinct, never torn within a letter."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.storage.file_names import Fits, distinct, folders_of, in_bytes, in_joliet, safe

THAI = st.text(st.sampled_from(list('กขคงจท่ีุู้ึำา๑๒ .-/:*?"<>|;\\~aB\n')), max_size=120)

NUMBERED = {f"{port}{digit}" for port in ("COM", "LPT") for digit in "0123456789¹²³"}
DEVICES = sorted({"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | NUMBERED)
BESIDE = st.text(st.sampled_from("xIN1²$~ ."), max_size=3)


def opens_a_device(name: str) -> bool:
    """As Windows reads a name: up to the first dot, without spaces behind, in any case of letters."""
    return name.partition(".")[0].rstrip(" ").upper() in DEVICES


@given(
    before=BESIDE,
    device=st.sampled_from(DEVICES) | st.sampled_from(DEVICES).map(str.lower),
    behind=BESIDE,
    ending=st.sampled_from(["", ".pdf", " .txt", ". ", ".tar.gz"]),
)
def test_no_name_opens_a_device_of_windows_and_its_neighbours_stay(
    before: str, device: str, behind: str, ending: str
) -> None:
    typed = f"{before}{device}{behind}{ending}"
    name = safe(typed)
    assert not opens_a_device(name)
    assert not name.endswith((".", " "))
    if not (opens_a_device(typed.strip(" ")) or typed.startswith((" ", ".")) or typed.endswith((" ", "."))):
        assert name == typed


@pytest.mark.parametrize("fits", [in_bytes, in_joliet])
@given(names=st.lists(THAI.map(lambda stem: f"{stem}.pdf") | THAI, max_size=8))
def test_names_of_a_folder_are_safe_distinct_and_fit(fits: Fits, names: list[str]) -> None:
    found = distinct(names, fits)
    assert len({name.casefold() for name in found}) == len(names)
    for typed, name in zip(names, found, strict=True):
        assert fits(name)
        assert name
        assert not set(name) & set('\\/:*?"<>|;\n')
        assert not name.endswith((".", " "))
        assert typed.endswith(".pdf") <= name.endswith(".pdf")


def test_a_long_name_is_cut_before_a_letter_with_its_marks() -> None:
    name = "ก" * 59 + "ที่นี่.pdf"
    (found,) = distinct([name], in_joliet)
    assert found == "ก" * 59 + ".pdf"
    assert len(found) <= 64
    assert not unicodedata.combining(found[-5])
    assert distinct([name, name.replace("นี่", "นั่น")], in_joliet) == [found, "ก" * 58 + "~2.pdf"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        (
            "เครือข่ายองค์กรชุมชนเพื่อการอนุรักษ์ทรัพยากรธรรมชาติและสิ่งแวดล้อมลุ่มน้ำแม่ลาวตอนบน.pdf",
            "เครือข่ายองค์กรชุมชนเพื่อการอนุรักษ์ทรัพยากรธรรมชาติ.pdf",
        ),
        (
            "กลุ่มแม่บ้านเกษตรกรทำขนมไทยและแปรรูปผลผลิต (หมู่ที่ 4 บ้านดอน) เพื่อชุมชน.pdf",
            "กลุ่มแม่บ้านเกษตรกรทำขนมไทยและแปรรูปผลผลิต (หมู่ที่ 4.pdf",
        ),
    ],
)
def test_a_long_name_ends_with_a_word_that_asks_for_no_other(name: str, kept: str) -> None:
    (found,) = distinct([name], in_joliet)
    assert found == kept
    assert in_joliet(found)


def test_a_long_paper_of_word_ends_with_a_word_and_within_255_bytes() -> None:
    recipient = "เครือข่ายองค์กรชุมชนเพื่อการอนุรักษ์ทรัพยากรธรรมชาติและสิ่งแวดล้อมลุ่มน้ำแม่ลาวตอนบน"
    (found,) = distinct([f"หนังสือแจ้งผลการพิจารณาถึงผู้สมัคร {recipient}.docx"], in_bytes)
    assert found == "หนังสือแจ้งผลการพิจารณาถึงผู้สมัคร เครือข่ายองค์กรชุมชนเพื่อการอนุรักษ์.docx"
    assert len(found.encode()) <= 255


def test_what_some_system_forbids_is_not_in_a_name() -> None:
    assert safe("CON") == "-CON"
    assert safe("nul.pdf") == "-nul.pdf"
    assert safe("1/2568: “สรุป”?") == "1-2568- “สรุป”-"
    assert safe("..") == "-"
    assert safe("") == "-"
    assert distinct(["อ.เมือง", "อ.เมือง", "ก.pdf"], in_bytes) == ["อ.เมือง", "อ.เมือง~2", "ก.pdf"]


def test_each_key_that_a_phone_made_up_has_a_folder_of_its_own() -> None:
    assert folders_of(["a:b", "a-b", "con", "CON", "x.", "x", "a:b"]) == {
        "a:b": "a-b",
        "a-b": "a-b~2",
        "con": "-con",
        "CON": "-CON~2",
        "x.": "x",
        "x": "x~2",
    }
