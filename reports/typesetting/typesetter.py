"""Typesets one sheet of a packet, in a process of its own that never forks and opens no database.

The typesetter is imported late: finding out what is due must not wait for it.
"""

import hashlib
import json
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mochocho.storage.files import Store, temporary_dir
from mochocho.words.errors import Transient
from mochocho.words.letters import lacking
from processing.decoding.jobs import SHOW_VERSION
from reports.formats.pdf_letters import read_as_typed
from reports.papers import shared, templates
from reports.typesetting.cache import Cache
from reports.typesetting.fonts import Face, set_apart
from reports.typesetting.shown_files import JPEG_MAGIC, shown
from reports.typesetting.stand_ins import frame, lost, stand_in
from reports.view.pictures import (
    ALT,
    ALT_CODE,
    ALT_PAGE,
    NOT_HERE,
    UNREADABLE,
    WITHHELD,
    Code,
    Picture,
    Size,
    named,
    pdf_tile,
)
from reports.view.printed_words import Words

if TYPE_CHECKING:
    import typst

DESK = "desk"  # folder of the images while a sheet is typeset; remains of killed processes are deleted
WORKERS_DESK = "desk-of-workers"  # the workers' own folder: one may be at work while another begins
REMEMBERED = 10  # documents
TOGETHER = 4  # sheets, each of which finds what those before it left
MADE_WITH = ("icu4py", "pikepdf", "pillow", "segno", "typst")
PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
QUIET = 2  # modules around a code
MASK = 2  # of a code: all eight can be read, and to compare them takes four fifths of its time
HOLDS = b"stand-ins"  # a program put back from before that would bind them as they are
EPOCH = 0  # the build time never gets into a paper
EMPTY = Path(__file__).with_name("empty.typ")

_printed = count(1)  # of this process, as is what typst remembers


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet to typeset: a paper, its texts as JSON, the pictures and codes that they name."""

    key: str  # hash of everything that decides its bytes
    paper: str
    data: bytes
    pictures: tuple[Picture, ...]
    absent: tuple[Picture, ...]  # named, but not in the store
    codes: tuple[Code, ...]

    @property
    def needs(self) -> tuple[str, ...]:
        """Keys of the cache: the sheet itself, and the small pictures on it."""
        return (self.key, *map(photo_key, self.pictures))


@dataclass(frozen=True, slots=True)
class Typesetter:
    """Where typesetting finds attachments and stores its results. It can be sent to another process."""

    store: Path
    cache: Path
    face: Face
    thai_digits: bool
    desk: str = DESK

    @property
    def made_with(self) -> str:
        """Digest of everything, except the sheet itself, that decides the sheet's bytes."""
        from importlib.metadata import version  # a press need not know

        return digest(
            *(version(name).encode() for name in MADE_WITH),
            *(part for name, content in sorted(templates().items()) for part in (name.encode(), content)),
            repr((self.face.family, self.face.scale, self.face.digests, self.thai_digits)).encode(),
            str(SHOW_VERSION).encode(),
            HOLDS,
        )

    @property
    def words(self) -> Words:
        return Words(self.thai_digits)

    @property
    def kept(self) -> Cache:
        """The cache of typeset sheets and small pictures."""
        return Cache(self.cache)

    def print(self, sheet: Sheet) -> str:
        """Typeset `sheet` into the cache. Returns its key."""
        if next(_printed) % TOGETHER == 0:
            forget()  # before the next, not behind the last: a process that ends drops it all at once
        texts, images = self.sources(sheet, stand_ins=True)
        pdf = self.compiled(texts, images)
        if lost(images.values(), pdf):  # a typst that writes pictures otherwise: better slow than grey
            pdf = self.compiled(*self.sources(sheet))
        text = sheet.data.decode()
        if self.face.misleads(text):
            pdf = read_as_typed(pdf, lacking(text))
        self.kept.put(sheet.key, pdf)
        return sheet.key

    def sources(
        self, sheet: Sheet, *, stand_ins: bool = False, **look: Any
    ) -> tuple[dict[str, bytes], dict[str, bytes]]:
        """What typst reads of a sheet: its texts, `main.typ` among them, and its images.

        `stand_ins`: instead of its pictures. `look`: for its templates, besides the fonts.
        """
        fonts = {
            "families": self.face.families,
            "scale": self.face.scale,
            "thai_digits": self.thai_digits,
            "apart": set_apart(sheet.data.decode()),
        }
        pictures, images = self._pictures(sheet, stand_ins=stand_ins)
        texts = {
            "main.typ": templates()[f"{sheet.paper}.typ"],
            **shared(),
            "data.json": sheet.data,
            "look.json": canonical(fonts | look),
            "pictures.json": canonical(pictures),
        }
        return texts, images

    def compiled(
        self, texts: Mapping[str, bytes], images: Mapping[str, bytes], standards: Sequence[str] = ()
    ) -> bytes:
        """A PDF of these sources, by their paths. `standards`: as typst names them, such as "a-2a"."""
        import typst

        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=list(self.face.folders)
        )
        # Texts are passed in memory; images must be files.
        with temporary_dir(self.cache / self.desk) as root:
            for name, content in images.items():
                path = root / name
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(content)
            return _compiled(texts, str(root), fonts, standards)

    def picture(self, name: str) -> bytes:
        """The JPEG of a picture of a typeset sheet, made anew where it is not kept. Raises Transient."""
        one = named(name)
        content = self.kept.get(photo_key(one))
        if content is None and Store(self.store).has(one.sha256):
            content = self._made(one)
        if content is None or not content.startswith(JPEG_MAGIC):
            raise Transient(
                "ภาพของแผ่นที่จัดพิมพ์ไว้เปิดไม่ได้แล้ว ให้สั่งอีกครั้ง",
                "a picture of a typeset sheet can no longer be opened; try again",
            )
        return content

    def _pictures(self, sheet: Sheet, *, stand_ins: bool) -> tuple[dict[str, Any], dict[str, bytes]]:
        found: dict[str, Any] = {
            one.name: tile(WITHHELD if one.size is Size.WITHHELD else NOT_HERE) for one in sheet.absent
        }
        images: dict[str, bytes] = {}
        for i, picture in enumerate(sheet.pictures):
            content = self._thumbnail(picture)
            if content.startswith(JPEG_MAGIC):
                # The same names for every sheet: typst keeps each name it ever saw, and panics at the
                # 65,536th.
                images[f"picture-{i}.jpg"] = stand_in(content, picture.name) if stand_ins else content
                height, width, _ = frame(content)
                found[picture.name] = {
                    "file": f"picture-{i}.jpg",
                    "alt": ALT.get(picture.size, ALT_PAGE),
                    "width": width,
                    "height": height,
                }
            else:
                found[picture.name] = tile(self._note(json.loads(content)["pages"]))
        for i, code in enumerate(sheet.codes):
            images[f"code-{i}.png"] = qr(code)
            found[code.name] = {"file": f"code-{i}.png", "alt": ALT_CODE}
        return found, images

    def _thumbnail(self, picture: Picture) -> bytes:
        return self.kept.get(photo_key(picture)) or self._made(picture)

    def _made(self, picture: Picture) -> bytes:
        """As `shown`, and kept."""
        made = shown(Store(self.store).path(picture.sha256), picture.size.value, picture.sheet)
        self.kept.put(photo_key(picture), made)
        return made

    def _note(self, pages: int | None) -> str:
        return UNREADABLE if pages is None else pdf_tile(pages, Words(self.thai_digits))


def _compiled(files: Mapping[str, bytes], root: str, fonts: "typst.Fonts", standards: Sequence[str]) -> bytes:
    """One PDF. Raises Transient."""
    import typst

    with _panics_told():
        pdf = typst.compile(  # type: ignore[call-overload]  # the stub lacks files by name
            files,
            root=root,
            font_paths=fonts,
            ignore_system_fonts=True,
            format="pdf",
            timestamp=EPOCH,
            pdf_standards=list(standards),
        )
    assert isinstance(pdf, bytes)  # noqa: S101 - not a list of pages
    return pdf


@contextmanager
def _panics_told() -> Iterator[None]:
    """Raises Transient where typst panics, which `except Exception` would not catch."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # pyo3 exports no class to name here
            raise
        raise Transient(
            "ตัวจัดพิมพ์หยุดกลางคัน รายละเอียดอยู่ในบันทึกการทำงาน",
            "the typesetter broke off; what it said stands in the log",
        ) from None


def sheet_key(made_with: str, paper: str, data: bytes, absent: Sequence[Picture]) -> str:
    """The key of a typeset sheet."""
    return digest(made_with.encode(), paper.encode(), data, *(p.name.encode() for p in absent))


def digest(*parts: bytes) -> str:
    """sha256 over parts, each preceded by its length, so that different lists of parts never collide."""
    found = hashlib.sha256()
    for part in parts:
        found.update(len(part).to_bytes(8, "big") + part)
    return found.hexdigest()


def canonical(value: Any) -> bytes:
    """Canonical JSON: the same content gives the same bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def photo_key(picture: Picture) -> str:
    return f"photo {picture.name} {SHOW_VERSION}"


def tile(text: str) -> dict[str, list[str]]:
    """The text shown in place of a picture."""
    from reports.typesetting.line_breaks import Breaker  # few sheets have one

    return {"tile": Breaker().pieces(text)}


def forget() -> None:
    """Drop typst's cached results, which it keeps for ten documents.

    Measured over 149 dossiers, two a sheet, before each fourth: 230 MB instead of 355 MB, for as much time;
    before each: 170 MB, for a thirtieth more.
    """
    import typst

    none = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
    with _panics_told():
        # Of a file: a compiler that is given bytes finds them once, and a new one costs as much as twenty.
        empty = typst.Compiler(str(EMPTY), font_paths=none, ignore_system_fonts=True)
        for _ in range(REMEMBERED + 1):
            empty.compile(timestamp=EPOCH)


def qr(code: Code) -> bytes:
    """A QR code of exactly this text, as PNG; a module is eight dots wide, which are one byte."""
    import segno

    matrix = segno.make(code.text, error="m", micro=False, mask=MASK).matrix
    dots = bytes.maketrans(b"\0\1", b"\xff\0")
    edge = b"\xff" * QUIET
    blank = b"\xff" * (len(matrix) + 2 * QUIET)
    rows = [blank] * QUIET + [edge + row.translate(dots) + edge for row in matrix] + [blank] * QUIET
    side = 8 * len(rows)
    return (
        PNG_MAGIC
        + _chunk(b"IHDR", struct.pack(">2I5B", side, side, 1, 0, 0, 0, 0))
        + _chunk(b"IDAT", zlib.compress(b"".join((b"\0" + row) * 8 for row in rows)))
        + _chunk(b"IEND", b"")
    )


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
