"""The committee's copy: forty planted numbers of each kind and every signature are in none of its bytes."""

import base64
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pikepdf
import pymupdf
import pytest
from PIL import Image, ImageDraw

import reports.packet.lay_out
from mochocho.storage.files import Store
from mochocho.words.model import (
    Adviser,
    Case,
    DocumentState,
    FileRef,
    Judgement,
    TeamMember,
)
from mochocho.words.places import Province
from mochocho.words.thai import digits, national_id_check_digit
from reports.packet.make_packet import PacketFiles, make_packet
from reports.redaction.redacted_home import for_committee
from tests import databases
from tests.unit.reports.made_cases import TYPES, Cases, blocking
from tests.unit.reports.make_packet import instead, settings

NUMBERS = range(1, 41)
BETWEEN = re.compile(r"(?<=\d)\D{1,4}(?=\d)")  # digits of one number; others stand further apart
XREF_ROW = re.compile(rb"\d{10} \d{5} [nf]")  # where an object begins: ten digits that are no telephone
INK = (255, 0, 255)  # of planted signatures: nothing else in these papers has this colour
FIELDS = 10  # of each of the four units


def national_id(no: int) -> str:
    twelve = f"10000{no * 7919 % 10_000_000:07}"
    return twelve + national_id_check_digit(twelve)


def telephone(no: int) -> str:
    return f"0000{no * 7919 % 1_000_000:06}"


def written(no: int) -> str:
    """The number's ID and telephone as another person would write them."""
    one, call = national_id(no), telephone(no)
    groups = (one[0], one[1:5], one[5:10], one[10:12], one[12])
    ways = (
        (one, call),
        ("-".join(groups), f"{call[:3]}-{call[3:6]}-{call[6:]}"),
        (digits(" ".join(groups)), digits(f"{call[:2]} {call[2:6]} {call[6:]}")),
        ("\u200b".join(groups), f"{call[:3]}.{call[3:6]}.{call[6:]}"),
        (" ".join(one), f"+66 {call[1:3]} {call[3:]}"),
        (f"{one[:6]}/{one[6:]}", f"({call[:3]}) {call[3:]}"),
    )
    first, second = ways[no % len(ways)]
    return f"บัตร {first} โทร {second} {{{{7*7}}}}"


def signed_paper(no: int) -> bytes:
    """A sheet with print, a number and a signature; its EXIF holds a place and a number too."""
    sheet = Image.new("RGB", (620, 877), "white")
    draw = ImageDraw.Draw(sheet)
    for row in range(24):
        draw.text((60, 60 + row * 24), f"{national_id(no)}  {telephone(no)}  " * 2, fill="black")
    for stroke in range(6):
        draw.line((300, 700 + stroke * 12, 560, 690 + stroke * 12), fill=INK, width=9)
    exif = Image.Exif()
    exif[0x010E] = national_id(no)
    exif.get_ifd(0x8825)[29] = "2025:01:01"
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=95, exif=exif, subsampling=0)
    return out.getvalue()


def planted(store: Store) -> Iterator[Case]:
    """Four units in which every text that a person writes, and every picture, has something of a person."""
    made = Cases(Province.named("เชียงราย"), store, pictures=1)
    for no, type_ in enumerate(TYPES):
        said = [written(NUMBERS[no * FIELDS + field]) for field in range(FIELDS)]
        paper = FileRef(f"{national_id(no + 1)}.jpg", store.put(signed_paper(no + 1)))
        yield _with(made.case("พาน", type_, no), said, paper)


def _with(case: Case, said: list[str], paper: FileRef) -> Case:
    name, village, subdistrict, member, adviser, remark, why, judge, reason, finding = said
    taken = Judgement(DocumentState.ACCEPTED, by=f"นายสมมติ {judge}", reason=reason)
    resolved = case.assessment.resolutions[0]
    return replace(
        case,
        application=replace(
            case.application,
            name=f"กลุ่ม {name}",
            village=village,
            subdistrict=subdistrict,
            lead_team=(TeamMember("นางสมมติ ตัวอย่าง", member),),
            advisers=(Adviser("นายสมมติ ตัวอย่าง", adviser),),
            portrait=paper if case.application.portrait else None,
        ),
        assessment=replace(
            case.assessment,
            verdicts=tuple(replace(one, pages=(paper,), judged=taken) for one in case.assessment.verdicts),
            findings=(blocking(finding),),
            resolutions=(replace(resolved, recused=(f"นายสมมติ {reason}",)),),
        ),
        evidence=tuple((code, paper) for code, _ in case.evidence),
        remarks=(remark,),
        justifications=(("L1.1.1", "นางสมมติ ตัวอย่าง", why),),
    )


@dataclass(frozen=True, slots=True)
class Copies:
    full: PacketFiles
    redacted: PacketFiles


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Copies]:
    folder = tmp_path_factory.mktemp("copies")
    with (
        databases.home_on_sqlite(folder / "home", sqlite_template) as opened,
        pytest.MonkeyPatch.context() as m,
    ):
        home = replace(opened, settings=opened.settings.model_copy(update=of_the_meeting(folder)))
        m.setattr(reports.packet.lay_out, "opened", instead(list(planted(home.store))))
        redacted = for_committee(home)
        yield Copies(make_packet(home, home.packet_dir), make_packet(redacted, redacted.packet_dir))


def of_the_meeting(folder: Path) -> dict[str, object]:
    """A meeting in the settings, held at a place with a telephone."""
    meeting = settings(folder).meeting
    assert meeting
    return {"meeting": meeting.model_copy(update={"place": f"ห้องประชุม โทร {telephone(1)}"})}


def pieces(files: PacketFiles) -> Iterator[bytes]:
    """Every byte of the files, every stream unpacked, every string, the text and the names of files."""
    for path in (*files.pdfs, files.manifest):
        yield path.name.encode()
        yield XREF_ROW.sub(b"", path.read_bytes())
    for path in files.pdfs:
        with pikepdf.open(path) as pdf:
            for thing in pdf.objects:
                yield repr(thing).encode()
                if isinstance(thing, pikepdf.Stream):
                    yield thing.read_raw_bytes()
                    if thing.get("/Filter") != "/DCTDecode":
                        yield thing.read_bytes()
        with pymupdf.open(path) as document:
            yield "".join(page.get_text() for page in document).encode()
            yield json.dumps(document.get_toc(), ensure_ascii=False).encode()


def told(files: PacketFiles) -> set[str]:
    """The planted numbers that these files hold, in any of the ways in which a file can hold text."""
    content = list(pieces(files))
    bare = [BETWEEN.sub("", digits_of(one.decode("utf-8", "ignore"))) for one in content]
    found = set()
    for number in [n for no in NUMBERS for n in (national_id(no), telephone(no), telephone(no)[1:])]:
        ways = (number.encode("utf-16-be"), number.encode("utf-16-le"), base64.b64encode(number.encode()))
        if any(number in text for text in bare) or any(way in one for way in ways for one in content):
            found.add(number)
    return found


def digits_of(text: str) -> str:
    return "".join(str(int(char)) if char.isdecimal() else char for char in text)


def seen(files: PacketFiles) -> tuple[int, int]:
    """Points of the signatures' ink in the pictures of the files, and on their pages as they are seen."""
    held = drawn = 0
    for path in files.pdfs:
        with pymupdf.open(path) as document:
            pictures = {one[0] for page in document for one in page.get_images()}
            held += sum(inked(pymupdf.Pixmap(document, xref)) for xref in pictures)
            drawn += sum(inked(page.get_pixmap(dpi=50)) for page in document)
    return held, drawn


def inked(pixmap: pymupdf.Pixmap) -> int:
    if pixmap.n != 3:
        pixmap = pymupdf.Pixmap(pymupdf.csRGB, pixmap)
    red, green, blue = np.frombuffer(pixmap.samples, np.uint8).reshape(-1, pixmap.n).T[:3].astype(int)
    return int(np.count_nonzero((red - green > 90) & (blue - green > 90)))


def test_no_planted_number_is_in_any_byte_of_the_committees_copy(copies: Copies) -> None:
    assert told(copies.redacted) == set()
    assert {n for no in NUMBERS for n in (telephone(no),)} <= told(copies.full), (
        "they are found where they are"
    )


def test_no_signature_is_in_any_picture_or_page_of_the_committees_copy(copies: Copies) -> None:
    held, drawn = seen(copies.full)
    assert held > 10_000
    assert drawn > 1000
    assert seen(copies.redacted) == (0, 0)


def test_the_committees_copy_says_what_it_is_and_keeps_what_a_committee_reads(copies: Copies) -> None:
    (path,) = copies.redacted.pdfs
    assert path.name == "packet-redacted.pdf"
    assert path.parent != copies.full.pdfs[0].parent
    with pymupdf.open(path) as document:
        pages = ["".join(page.get_text().split()) for page in document]
        title = document.metadata["title"]
    assert title.endswith("ฉบับกรรมการ")
    assert "ฉบับกรรมการ(ปกปิดข้อมูลส่วนบุคคล)" in pages[0]
    text = "".join(pages)
    assert text.count("{{๗*๗}}") >= len(NUMBERS)
    assert "นางสมมติตัวอย่าง" in text
    assert "ปกปิดภาพ๑หน้า" in text
    manifest = json.loads(copies.redacted.manifest.read_bytes())
    assert manifest["inputs"]["copy"] == "redacted"
    assert not {"instances", "attachments", "assessments", "settings"} & set(manifest["inputs"])
    assert "copy" not in json.loads(copies.full.manifest.read_bytes())["inputs"]


def test_neither_copy_has_anything_that_acts_or_where_a_picture_was_taken(copies: Copies) -> None:
    acting = {
        "/JavaScript",
        "/JS",
        "/AA",
        "/OpenAction",
        "/Launch",
        "/EmbeddedFiles",
        "/AcroForm",
        "/RichMedia",
    }
    for path in (*copies.full.pdfs, *copies.redacted.pdfs):
        assert b"Exif\0" not in path.read_bytes()
        with pikepdf.open(path) as pdf:
            for thing in pdf.objects:
                if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                    assert not acting & set(thing.keys())
                    assert thing.get("/S") not in ("/JavaScript", "/Launch", "/URI", "/SubmitForm")
