"""Pictures of a paper: the file, its size, and the text where there is nothing to show."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from mochocho.words.model import FileRef
from reports.view.printed_words import Words
from reports.view.view_fields import field_names


class Size(Enum):
    """Longest side in pixels, for about 200 dots per inch at the picture's place on the page.

    READING: a page that fills half a sheet, on which print of 10 points can still be read; one of 1,500
    pixels is not made smaller, which blurs it and takes longer than all else. VEILED is too coarse to read
    the digits of an ID card or a house register (thai-papers.md 7); of what is WITHHELD no pixel is printed,
    and a word stands in its place.
    """

    WITHHELD = 1
    THUMB = 320
    READING = 1500
    VEILED = 56
    PORTRAIT = 480
    EVIDENCE = 600
    EMBLEM = 400


@dataclass(frozen=True, slots=True)
class Picture:
    """A file to show at a size; `sha256` is "" while the file has not arrived.

    `sheet`: the page of a PDF that is drawn, from 1; 0 = none.
    """

    sha256: str
    size: Size
    sheet: int = 0

    @property
    def name(self) -> str:
        name = f"{self.sha256}-{self.size.name.lower()}"
        return f"{name}-{self.sheet}" if self.sheet else name


def named(name: str) -> Picture:
    """The picture with this name."""
    sha256, size, *sheet = name.split("-")
    return Picture(sha256, Size[size.upper()], int(sheet[0]) if sheet else 0)


@dataclass(frozen=True, slots=True)
class Code:
    """A text for a phone's camera: a QR code."""

    text: str

    @property
    def name(self) -> str:
        return f"code-{self.text}"


def shown(value: Any) -> Iterator[Picture | Code]:
    """Every picture and code in a view model."""
    if isinstance(value, Picture | Code):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from shown(item)
    else:
        for name in field_names(value.__class__) or ():
            yield from shown(getattr(value, name))


def picture(ref: FileRef, size: Size, sheet: int = 0) -> Picture:
    return Picture(ref.sha256 or "", size, sheet)


# What a screen reader says in the place of a picture; what it shows stands beside it.
ALT_PAGE = "ภาพหน้าเอกสารประกอบ"  # of any other size
ALT = {
    Size.VEILED: "ภาพหน้าเอกสารประกอบ ย่อจนอ่านเลขไม่ได้",
    Size.PORTRAIT: "รูปถ่ายผู้สมัคร",
    Size.EVIDENCE: "ภาพหลักฐาน",
    Size.EMBLEM: "ตราสัญลักษณ์",
}
ALT_CODE = "คิวอาร์โค้ดรหัสผู้สมัคร"
NOT_HERE = "ยังไม่ได้รับไฟล์"
WITHHELD = "ปกปิด"
UNREADABLE = "เปิดไฟล์ไม่ได้"


def pdf_tile(pages: int, words: Words) -> str:
    return f"PDF {words.text(pages)} หน้า"
