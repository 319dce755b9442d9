"""`mochocho demo` run once, as a newcomer does: its findings, its output, its files."""

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pymupdf
import pytest
from lxml import etree
from PIL import Image
from sqlalchemy import select

from mochocho.app.demo import instances
from mochocho.app.demo.drawings import Studio
from mochocho.app.demo.engine import Form
from mochocho.app.demo.sample_province import chiang_rai
from mochocho.settings.config import load_settings
from mochocho.storage.db import reading
from mochocho.storage.home import Home, open_home
from mochocho.words import thai
from mochocho.words.model import Case, Gate, GateState
from mochocho.words.numbers import arabic, half_up
from processing.assessment.cases import cases
from processing.tables import IdentityRow
from reports.explaining.explanation import explain
from reports.explaining.line_tree import texts
from reports.explaining.read_case import read
from reports.packet.assembly import occasion_of
from reports.view.arrange import Entry, arrange
from reports.view.dossier import dossier
from reports.view.printed_words import Words
from sync.tables import Attachment, Quarantined, Submission, SubmissionVersion
from tests.e2e.expected_demo import UNITS
from tests.needs import need
from tests.printed_figures import figures, printed
from tests.source_004 import ROWS, TOTALS
from xlsforms import names
from xlsforms.build import build_forms

ROOT = Path(__file__).parents[2]
LETTERS = {
    "accepted": "A",
    "waived": "W",
    "missing": "M",
    "unreadable": "U",
    "returned": "R",
    "not_offered": "-",
}
RESOLVED_GATES = {
    GateState.PASSED: "pass",
    GateState.FAILED: "fail",
    GateState.DEFERRED: "deferred",
    GateState.NO_DATA: "",
}
IN_SPITE = "ชุมชนบ้านต้นธารแก้วใส"  # passed under the pass mark, with the committee's reason


@dataclass(frozen=True)
class Sample:
    """A checkout's folder after one run: `folder` is its mochocho-demo."""

    checkout: Path
    folder: Path
    printed: str
    home: Home
    cases: list[Case]


class Photo(NamedTuple):
    """Its size in pixels, whether it was taken without light, and of some how much red ink is where."""

    width: int
    height: int
    dark: bool
    ink: "Ink | None"

    @property
    def is_scan(self) -> bool:
        return (self.width, self.height) == (1200, 1500)


class Ink(NamedTuple):
    """Shares of red ink."""

    on_diagonal: float
    beside_diagonal: float
    in_corner: float


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`mochocho` as a province installs it: what it runs with has no development package in it."""
    need("uv")
    environment = tmp_path_factory.mktemp("installed") / "venv"
    call = ["uv", "sync", "--quiet", "--frozen", "--no-editable", "--no-default-groups"]
    subprocess.run(
        [*call, "--python", sys.executable],
        cwd=ROOT,
        env={**os.environ, "UV_PROJECT_ENVIRONMENT": str(environment)},
        stdin=subprocess.DEVNULL,
        check=True,
    )
    assert not list(environment.rglob("site-packages/pytest"))
    return next(environment.glob("*/mochocho*"))


@pytest.fixture(scope="module")
def sample(command: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    """Run it in an empty checkout; the user's home and temporary folder are watched: they stay empty."""
    need("git")
    checkout = tmp_path_factory.mktemp("checkout")
    shutil.copy(ROOT / ".gitignore", checkout)
    subprocess.run(["git", "init", "-q", checkout], check=True)
    subprocess.run(["git", "add", "-A"], cwd=checkout, check=True)
    elsewhere = [tmp_path_factory.mktemp(name) for name in ("user", "temporary")]
    environment = {
        **{name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")},
        "PYTHONUTF8": "1",
        "HOME": str(elsewhere[0]),
        "TMPDIR": str(elsewhere[1]),
    }
    done = subprocess.run(
        [command, "demo"], cwd=checkout, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert [list(folder.rglob("*")) for folder in elsewhere] == [[], []]
    folder = checkout / "mochocho-demo"
    home = open_home(load_settings(folder / "mochocho.toml"))
    yield Sample(checkout, folder, done.stdout, home, cases(home))
    home.engine.dispose()


def test_every_unit_comes_out_as_listed(sample):
    districts = {d.code: d.name_th for d in sample.home.province.districts}
    edits = edited(sample.home)
    found = {
        (districts[c.application.district], c.application.type.value, c.application.name): (
            "".join(LETTERS[v.state] for v in c.assessment.verdicts),
            percent(c),
            next(RESOLVED_GATES[g.state] for g in c.assessment.gates if g.gate is Gate.DISTRICT),
            edits.get(c.application.root_id, ""),
            len(c.assessment.scores.assessors),
        )
        for c in sample.cases
    }
    assert len(sample.cases) == len(UNITS) == 149
    assert found == {unit[:3]: unit[3:] for unit in UNITS}


def test_every_figure_of_every_dossier_is_explained(sample):
    groups = arrange(map(Entry.of, sample.cases), sample.home.province, ())
    group_of = {u.entry.key: group for group in groups for u in (*group.passed, *group.blocked)}
    plain = replace(occasion_of(sample.home), words=Words(thai_digits=False))
    left = {}
    for case in sample.cases:
        key = case.application.key
        known = read(sample.home, key)
        shown = printed(dossier(1, case, group_of[key], known.pack_of, plain))
        left[key] = shown - set(figures(arabic("\n".join(texts(explain(known))))))
    assert {key: figures for key, figures in left.items() if figures} == {}


def test_the_list_is_what_the_issue_asks_for():
    assert Counter(unit[5] for unit in UNITS) == {"pass": 129, "fail": 5, "deferred": 1, "": 14}
    assert Counter(unit[6] for unit in UNITS) == {"": 139, "name": 5, "photo": 5}
    not_put = [unit[3] for unit in UNITS if unit[5] not in ("pass", "fail")]
    assert sum("M" in documents for documents in not_put) == 8
    assert sum("U" in documents for documents in not_put) == 6
    assert all(unit[4] < 7000 for unit in UNITS if unit[5] == "fail")
    passed = [unit for unit in UNITS if unit[5] == "pass"]
    assert [unit[2] for unit in passed if unit[4] < 7000] == [IN_SPITE]
    assert not [unit for unit in passed if {"M", "U"} & set(unit[3])]
    assert [unit[5] for unit in UNITS if unit[4] is None] == [""]


def test_the_packets_table_is_source_004s(sample):
    pages = [words(page) for page in packet(sample)]
    (table,) = (page for page in pages if "๑๔ ๑ ๑ ๑ ๑๗" in page and "อำเภอ" in page)
    rows = [re.escape(row) for row in (*ROWS, TOTALS)]
    assert re.search(" ".join(rows), table)


def test_the_packet_is_as_long_as_it_should_be_and_names_no_one_by_number(sample):
    document = packet(sample)
    assert document.page_count >= 150
    text = "".join(page.get_text() for page in document)
    with reading(sample.home.engine) as session:
        identities = session.scalars(select(IdentityRow)).all()
    numbers = [row.national_id for row in identities if row.national_id]
    assert len(numbers) == sum(unit[1] == "leader" for unit in UNITS)
    assert not [number for number in numbers if number in re.sub(r"[\s-]", "", text)]


def test_what_was_made_is_said_and_listed(sample):
    assert "129" in sample.printed
    assert "packet.pdf" in sample.printed
    manifest = json.loads((sample.folder / "manifest.json").read_bytes())
    digest = hashlib.sha256((sample.folder / "packet.pdf").read_bytes()).hexdigest()
    assert digest in json.dumps(manifest)


def test_everything_is_inside_the_folder_that_git_ignores(sample):
    status = subprocess.run(
        ["git", "status", "--porcelain", "--untracked-files=all"],
        cwd=sample.checkout,
        capture_output=True,
        text=True,
        check=True,
    )
    assert status.stdout.split() == ["A", ".gitignore"]
    assert {path.name for path in sample.checkout.iterdir()} == {".git", ".gitignore", "mochocho-demo"}


def test_nothing_was_put_aside_and_the_lost_photo_is_the_only_one_missing(sample):
    with reading(sample.home.engine) as session:
        assert session.scalars(select(Quarantined)).all() == []
        absent = session.scalars(select(Attachment).where(Attachment.sha256.is_(None))).all()
        versions = session.scalars(select(SubmissionVersion)).all()
    assert len(absent) == 1
    of_themselves = 1 + 3  # a plan, and what two leaders assessed of themselves
    assert len(versions) == 149 + 10 + of_themselves + sum(unit[7] for unit in UNITS)
    assert all(version.officer_id for version in versions)


def test_there_are_enough_photos_and_they_are_large(photos):
    assert len(photos) >= 500
    assert all(photo.width >= 1200 and photo.height >= 900 for photo in photos)


def test_every_scan_is_crossed_out_and_every_drawing_says_that_it_is_one(photos):
    lit = [photo for photo in photos if not photo.dark]
    assert len(photos) - len(lit) == 1  # the card that the office accepts
    scans = [photo for photo in lit if photo.is_scan]
    drawings = [photo for photo in lit if not photo.is_scan]
    assert len(scans) > 300
    assert len(drawings) > 300
    of_scans = [photo.ink for photo in scans if photo.ink]
    of_drawings = [photo.ink for photo in drawings if photo.ink]
    assert min(len(of_scans), len(of_drawings)) > 50
    assert all(ink.on_diagonal > 0.08 and ink.beside_diagonal == 0 for ink in of_scans)
    assert all(ink.in_corner > 0.02 for ink in of_drawings)


def test_the_office_has_accepted_waived_and_returned_a_card(sample):
    judged = {
        v.judged.state.value: (v.state.value, v.findings[0].code)
        for case in sample.cases
        for v in case.assessment.verdicts
        if v.judged and v.judged.by
    }
    assert judged == {
        "accepted": ("accepted", "document.looks_dark"),
        "waived": ("waived", "document.later"),
        "returned": ("returned", "document.returned"),
    }
    text = " ".join(words(page) for page in packet(sample))
    for said in ("เจ้าหน้าที่รับแล้ว", "ผู้เห็นตัวจริง: พัฒนาการอำเภอตัวอย่าง", "ส่งคืน เพราะภาพเป็นบัตรของผู้อื่น"):
        assert said.replace(" ", "") in text.replace(" ", "")


def test_the_committees_decisions_of_every_kind_are_printed(sample):
    text = "".join(words(page) for page in packet(sample)).replace(" ", "")
    by_name = {case.application.name: case for case in sample.cases}
    for said in (
        "รับรองแบบมีเงื่อนไขครั้งที่๑/๒๕๖๘",
        "จัดทำบัญชีรายรับรายจ่ายให้เป็นปัจจุบันภายในวันที่๓๐มิถุนายน๒๕๖๘",
        "มีมติเลื่อนการพิจารณาไปครั้งที่๒/๒๕๖๘:รอรูปถ่ายของผู้สมัคร",
        "มีมติไม่รับรอง:คะแนนการตรวจประเมินต่ำกว่าเกณฑ์",
        "เห็นชอบ๖ไม่เห็นชอบ๐งดออกเสียง๐",
        "ผู้ไม่ร่วมพิจารณา",
        "เหตุผลที่คณะกรรมการยืนยันมติ:ขาดไม่ถึงร้อยละสอง",
        "ประมวลเป็นระดับ๔",
        "ยังไม่มีผู้ประมวลคะแนนผลจึงค้างไว้",
        "แต่แผนพัฒนาตนเองที่ผู้สมัครส่งมามี๑ข้อ",
        "หลังวันครบกำหนดของรอบ(๓๑ม.ค.๒๕๖๘)",
        "มากกว่าหนึ่งชุดนับเฉพาะชุดของวันที่ล่าสุด",
    ):
        assert said in text, said
    against = [f.code for f in by_name[IN_SPITE].assessment.findings if f.code.startswith("against.")]
    assert against == ["against.below_pass"]
    assert sorted(case.register_no for case in sample.cases) == list(range(1, 150))


def test_another_process_draws_and_writes_the_same(sample):
    codes = {d.name_th: d.code for d in sample.home.province.districts}
    form = Form(build_forms(sample.home.pack, sample.home.province, "odk")[0].xform.encode())
    for unit in chiang_rai().of("เทิง"):
        standard = sample.home.pack.standard(unit.type)
        filled = instances.application(unit, standard, codes[unit.district], Studio())
        for content in (form.fill(filled.answers, filled.stamp), *(draw() for draw in filled.files.values())):
            assert sample.home.store.has(hashlib.sha256(content).hexdigest())


def test_nobody_in_it_exists(sample):
    phones, numbers = Counter(), Counter()
    for xml in sources(sample):
        root = etree.fromstring(xml)
        for node in root.iter():
            name, text = etree.QName(node).localname, node.text or ""
            if name == "phone":
                phones[text] += 1
            if name == "national_id":
                numbers[text] += 1
            assert not re.search(r"\b0[1-9]\d{7,8}\b", text), name  # a telephone number
    assert set(phones) == {"000-000-0000"}
    assert all(number.startswith("10000") and thai.valid_national_id(number) for number in numbers)
    assert len(numbers) == sum(unit[1] == "leader" for unit in UNITS)


def percent(case: Case) -> int | None:
    """Hundredths of a percent; None while the result is held."""
    exact = case.assessment.scores.percent
    return None if exact is None else half_up(exact)


def edited(home: Home) -> dict[str, str]:
    """Root id -> what was corrected, for applications with more than one version."""
    found = {}
    with reading(home.engine) as session:
        for submission in session.scalars(select(Submission).where(Submission.form_id == names.APPLICATION)):
            versions = session.scalars(
                select(SubmissionVersion).where(SubmissionVersion.submission_id == submission.id)
            ).all()
            if len(versions) > 1:
                files = {tuple(sorted(a.name for a in version.attachments)) for version in versions}
                found[submission.root_id] = "photo" if len(files) > 1 else "name"
    return found


def packet(sample: Sample) -> pymupdf.Document:
    return pymupdf.open(sample.folder / "packet.pdf")


def words(page: pymupdf.Page) -> str:
    return " ".join(page.get_text().split())


@pytest.fixture(scope="module")
def photos(sample: Sample) -> list[Photo]:
    """Every photo of the store that opens; the six that do not are the list's business."""
    found = []
    for path in sorted(sample.home.settings.store_dir.rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        if content.startswith(b"\xff\xd8"):
            with suppress(OSError):
                found.append(seen(content, look_for_ink=len(found) % 5 == 0))
    return found


def seen(content: bytes, *, look_for_ink: bool) -> Photo:
    """Most are decoded at an eighth of their size, in a quarter of the time."""
    small = Image.open(io.BytesIO(content))
    width, height = small.size
    small.draft("L", (width // 8, height // 8))
    dark = small.convert("L").getextrema()[1] < 100
    return Photo(width, height, dark, ink_of(Image.open(io.BytesIO(content))) if look_for_ink else None)


def ink_of(picture: Image.Image) -> Ink:
    corner = [(x, y) for x in range(900, 1180, 2) for y in range(18, 70, 2)]
    places = (along_the_diagonal(picture), beside_the_diagonal(picture), corner)
    pixels = np.asarray(picture.convert("RGB"))
    return Ink(*(red(pixels, points) for points in places))


def sources(sample: Sample) -> Iterator[bytes]:
    with reading(sample.home.engine) as session:
        digests = session.scalars(select(SubmissionVersion.xml_sha256)).all()
    yield from (sample.home.store.read(digest) for digest in digests)


def along_the_diagonal(picture: Image.Image) -> list[tuple[int, int]]:
    """Points in the band where the words stand, lower left to upper right."""
    width, height = picture.size
    line = [(x, round(height - x * height / width)) for x in range(100, width - 100, 3)]
    return [(x + shift, y) for x, y in line for shift in (-30, -10, 10, 30)]


def beside_the_diagonal(picture: Image.Image) -> list[tuple[int, int]]:
    width, height = picture.size
    return [(x, y) for x in range(60, width // 3, 7) for y in range(60, height // 4, 7)]


def red(pixels: np.ndarray, points: list[tuple[int, int]]) -> float:
    """The share of these points that is red ink."""
    columns, rows = np.array(points).T
    r, g, b = pixels[rows, columns].T.astype(np.int16)
    return float(np.mean((r > 120) & (r - np.maximum(g, b) > 60)))
