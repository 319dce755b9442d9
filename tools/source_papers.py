"""Draw source 004's papers beside those that its meeting gives: the pictures of the guides.

The meeting is docs/examples/chiang-rai-2568.yaml, as `mochocho meeting import` takes it; how many units there
are is read from the source's own table. The source's text is no part of this project, so its file is named:
`python -m tools.source_papers SOURCE.txt` writes docs/images/source-004-*.png. In it people are masked, and
what was mended or filled in is red.
"""

import argparse
import io
import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pymupdf
import typst
from PIL import Image, ImageChops

from mochocho.app.migrations.migrate import upgrade
from mochocho.settings.config import Committees, Orders, Settings
from mochocho.storage.home import Home, open_home
from processing.meetings import packet_meeting
from processing.meetings.files import meeting_files
from reports.packet.assembly import convened, occasion_of
from reports.single import letter_pages, small_paper
from reports.typesetting.fonts import face
from reports.typesetting.typesetter import EPOCH
from reports.view.arrange import TYPES, Entry, arrange
from reports.view.front import counts, order_paper
from reports.view.letters.agenda import agenda
from reports.view.letters.invitation import invitation
from reports.view.letters.reply_form import reply_form

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "docs" / "examples" / "chiang-rai-2568.yaml"
IMAGES = ROOT / "docs" / "images"
WIDTH, BETWEEN, MARGIN = 596, 12, 24  # pixels
PAPERS = {
    "letter": ("ด่วนที่สุด", "ระเบียบวาระการประชุม\nคณะ"),
    "agenda": ("ระเบียบวาระการประชุม\nคณะ", "ลำดับการนำเสนอข้อมูล"),
    "order": ("ลำดับการนำเสนอข้อมูลเพื่อสนับสนุนการ", "แบบตอบรับเข้าร่วม"),
    "reply-form": ("แบบตอบรับเข้าร่วม", ""),
}  # where each begins in the source, and where the next does
MENDED = re.compile(
    r"ขร|๐๘\.๓๐|ชุมชนชน|วิดิทัศน์|อีเมลล์|อาทิ เช่น|\((?:ชื่อ-สกุล|หมายเลข)\)"
    r"|(?<=จังหวัดเชียงราย) จังหวัดเชียงราย(?= จึง)"
)
ROW = re.compile(r"^[๑-๙][๐-๙]?\t(?P<district>\S+)\t(?P<counts>\S+\t\S+\t\S+\t\S+)\t", re.MULTILINE)
SIDE = """
    #set page(width: 210mm, height: auto, margin: (x: 20mm, y: 14mm), fill: rgb("#fbfbf2"))
    #set text(font: json("families.json"), lang: "th", size: 11pt, fallback: false)
    #set par(leading: 0.55em, spacing: 0.7em)
    #text(fill: luma(150), size: 9pt, "ข้อความของต้นฉบับ (ชื่อและหมายเลขปิดไว้) สีแดงคือที่แก้หรือเติม")
    #let mended(said) = text(fill: rgb("#c01818"), weight: "bold", said)
    #for line in json("lines.json") {
      par(line.map(((said, wrong)) => if wrong { mended(said) } else { said }).join())
    }
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """One paper: the source's text, and ours as a PDF."""

    name: str
    source: str
    ours: bytes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path, help="the text of source 004")
    source = parser.parse_args().source.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        for paper in _papers(_home(Path(folder)), source):
            path = IMAGES / f"source-004-{paper.name}.png"
            drawn = _beside(_pages(_source_pdf(paper.source)), _pages(paper.ours))
            drawn.quantize(64, Image.Quantize.MAXCOVERAGE).save(path, optimize=True)  # a red word stays red
            print(path)


def _home(folder: Path) -> Home:
    order = Orders(number="6458/2567", date="2024-11-18")
    settings = Settings(home=folder / "home", committees=Committees(district_order=order))
    home = open_home(settings)
    upgrade(home.engine)
    done = meeting_files.import_file(home, EXAMPLE, "นางบันทึก ตัวอย่าง")
    if done.mistakes:
        raise SystemExit("\n".join(done.mistakes))
    return home


def _papers(home: Home, source: str) -> Iterator[Shown]:
    meeting = packet_meeting.of_home(home)
    assert meeting is not None
    o, c = occasion_of(home), convened(home, meeting)
    whole = (o.words.text(meeting.contact.telephone),)
    groups = arrange(_units(home, source), home.province, meeting.schedule.order)
    made = {
        "letter": letter_pages.pdf(home, [invitation(c)], whole),
        "agenda": small_paper.pdf(home, "agenda", agenda(o, counts(groups))),
        "order": small_paper.pdf(home, "order", order_paper(groups, o)),
        "reply-form": letter_pages.pdf(home, [reply_form(c)], whole),
    }
    for name, (begins, ends) in PAPERS.items():
        first = source.index(begins)
        yield Shown(name, source[first : source.index(ends, first) if ends else None], made[name])


def _units(home: Home, source: str) -> Iterator[Entry]:
    """As many of each type and district as the source's table has."""
    codes = {district.name_th: district.code for district in home.province.districts}
    for row in ROW.finditer(source):
        for type_, count in zip(TYPES, map(int, row["counts"].split("\t")), strict=True):
            for no in range(count):
                key = f"{row['district']}-{type_}-{no}"
                yield Entry(key, key, type_, f"หน่วยตัวอย่าง {no}", codes[row["district"]], passed=True)


def _source_pdf(text: str) -> bytes:
    """The source's text as it stands, line by line, with what was mended in red."""
    fonts = face(None, "")
    files = {
        "main.typ": SIDE.encode(),
        "families.json": json.dumps(fonts.families).encode(),
        "lines.json": json.dumps([_marked(line) for line in _lines(text)]).encode(),
    }
    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(fonts.folders)
    )
    pdf = typst.compile(files, font_paths=found, ignore_system_fonts=True, format="pdf", timestamp=EPOCH)  # type: ignore[call-overload]  # the stub lacks files by name
    assert isinstance(pdf, bytes)
    return pdf


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        said = re.sub(r"[\s|]+", " ", line).strip(" -")
        if said:
            yield said


def _marked(line: str) -> list[tuple[str, bool]]:
    """The line in pieces, each with whether it was mended."""
    pieces, at = [], 0
    for found in MENDED.finditer(line):
        pieces += [(line[at : found.start()], False), (found[0], True)]
        at = found.end()
    return [*pieces, (line[at:], False)]


def _pages(pdf: bytes) -> list[Image.Image]:
    with pymupdf.open(stream=pdf) as document:
        return [
            _cut(Image.open(io.BytesIO(page.get_pixmap(dpi=72).tobytes("png"))).convert("RGB"))
            for page in document
        ]


def _cut(page: Image.Image) -> Image.Image:
    """Without the empty paper below what is printed."""
    ground = page.getpixel((0, 0))
    empty = Image.new("RGB", page.size, ground)
    last = _last_row(page, empty)
    return page.crop((0, 0, page.width, min(page.height, last + MARGIN)))


def _last_row(page: Image.Image, empty: Image.Image) -> int:
    box = ImageChops.difference(page, empty).getbbox()
    return box[3] if box else 0


def _beside(source: Sequence[Image.Image], ours: Sequence[Image.Image]) -> Image.Image:
    columns = (source, ours)
    heights = [sum(page.height + BETWEEN for page in column) - BETWEEN for column in columns]
    drawn = Image.new("RGB", (2 * WIDTH + BETWEEN, max(heights)), (138, 150, 170))
    for place, column in enumerate(columns):
        top = 0
        for page in column:
            drawn.paste(page, (place * (WIDTH + BETWEEN), top))
            top += page.height + BETWEEN
    return drawn


if __name__ == "__main__":
    main()
