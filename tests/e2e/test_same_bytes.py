"""The same content gives the same papers: in any order, however often, in any place, on any day."""

import json
import random
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from PIL import Image, ImageChops

from mochocho.app.demo import instances
from mochocho.app.demo.drawings import Studio
from mochocho.app.demo.instances import entity_id
from mochocho.app.demo.invented_people import invent
from mochocho.app.demo.sample_province import Edit, Plan, Unit
from mochocho.words.model import ApplicantType, Outcome
from reports.view.front import MARKED
from tests.e2e import small_province
from tests.e2e.conftest import Played
from tests.e2e.small_province import PLAN, Post, Province
from xlsforms import names

ELSEWHERE = [
    pytest.param(
        0o077,
        {
            "TZ": "Asia/Bangkok",
            "LC_ALL": "POSIX",
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
            "PYTHONHASHSEED": "4242",
            "SAMPLE_DAYS": "400",
        },
        id="bangkok-posix-in-400-days",
    ),
    pytest.param(
        0o002,
        {
            "TZ": "America/St_Johns",
            "LC_ALL": "th_TH.UTF-8",
            "LANG": "th_TH.UTF-8",
            "PYTHONHASHSEED": "random",
            "SAMPLE_DAYS": "-400",
        },
        id="newfoundland-thai-400-days-ago",
        marks=pytest.mark.long,
    ),
]
NAMES = "เอกสารแนบ ๔"  # the list of those that passed
DOTS = 100  # an inch, of rendered pages
SEEDS = range(2, 12)


@pytest.fixture(scope="module")
def sent(small: Played) -> list[Post]:
    return small_province.posts(small.folder)


@contextmanager
def province(folder: Path, plan: Plan = PLAN) -> Iterator[Province]:
    made = Province(folder, plan)
    try:
        yield made
    finally:
        made.close()


@pytest.mark.parametrize(("umask", "changes"), ELSEWHERE)
def test_another_zone_language_hash_seed_umask_and_day(
    small: Played, tmp_path: Path, umask: int, changes: dict[str, str]
) -> None:
    small_province.played(tmp_path, umask, **changes)
    assert_same(tmp_path / "mochocho-demo", small.folder)


@pytest.mark.long
@pytest.mark.parametrize("seed", SEEDS)
def test_three_times_each_in_any_order(small: Played, sent: list[Post], tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    early = next(post for post in sent if post.replaces)
    others = [post for post in sent if post is not early] * 3
    hired = Plan(PLAN.province, tuple(reversed(PLAN.districts)), PLAN.units)
    with province(tmp_path / "again", hired) as again:
        again.send([early, *rng.sample([early, early, *others], len(others) + 2)], rng)
        again.resolve()
        assert_same(again.packet(), small.folder)


def test_one_edited_application_changes_its_dossier_and_its_lines(sent: list[Post], tmp_path: Path) -> None:
    renamed = next(unit for unit in PLAN.units if unit.edit is Edit.NAME)
    edit = next(post for post in sent if post.replaces and entity_id(renamed).encode() in post.xml)
    with province(tmp_path / "one") as one:
        one.send(post for post in sent if post is not edit)
        one.resolve()
        before = Book(one.packet("before"))
        one.send([edit])
        after = Book(one.packet("after"))
        no = before.number_of(invent(renamed).misspelt)
        assert no == after.number_of(invent(renamed).name)
        changed = before.differing(after)
        assert {page for page in changed if not page.startswith(f"{no}-")} == {f"{NAMES}-๑"}
        # an edit after a pass is marked there, and below the list stands why; what follows moves down
        below = {MARKED, "ยืนยันมติ", "รวมทั้งสิ้น", "ประเภท", "ปัดเศษ"}
        words = {*invent(renamed).misspelt.split(), *invent(renamed).name.split(), *below}
        assert before.outside(after, f"{NAMES}-๑", words) == []
        assert_manifests_differ_by(before, after, renamed, {edit.instance_id, edit.replaces})


@pytest.mark.long
def test_a_dossier_that_grows_leaves_the_other_pages_as_they_are(sent: list[Post], tmp_path: Path) -> None:
    units = [unit for unit in PLAN.units if unit.resolved is Outcome.PASS and unit.edit is None]
    growing = next(unit for unit in units if unit.type is ApplicantType.LEADER)
    with province(tmp_path / "one") as one:
        one.send(sent)
        one.resolve()
        before = Book(one.packet("before"))
        edit = with_more_pages(one, growing)
        one.send([edit])
        after = Book(one.packet("after"))
        no = before.number_of(invent(growing).name)
        assert len(after.pages) > len(before.pages)
        changed = {page.partition("-")[0] for page in before.differing(after)}
        assert changed == {no, NAMES}  # an edit after a pass is marked in the list
        assert_manifests_differ_by(before, after, growing, {edit.instance_id, edit.replaces})


def assert_same(folder: Path, other: Path) -> None:
    one, two = small_province.papers(folder), small_province.papers(other)
    assert json.loads(one["manifest.json"]) == json.loads(two["manifest.json"])
    assert one == two


class Book:
    """A packet to be compared with another: its pages by the label they bear, and its manifest."""

    def __init__(self, folder: Path) -> None:
        self._pdf = pymupdf.open(folder / "packet.pdf")
        self.manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_bytes())
        self.pages = {_label(page): page for page in self._pdf}
        assert len(self.pages) == self._pdf.page_count

    def number_of(self, name: str) -> str:
        """The number of the dossier of this unit."""
        (title,) = (title for _, title, _ in self._pdf.get_toc() if title.endswith(f" {name}"))
        return str(title).split(" ")[0]

    def differing(self, other: "Book") -> set[str]:
        """Labels of the pages that the two have not in common, in text or in what is seen."""
        labels = self.pages.keys() | other.pages.keys()
        return {label for label in labels if self._seen(label) != other._seen(label)}

    def outside(self, other: "Book", label: str, words: Iterable[str]) -> list[tuple[float, ...]]:
        """Where two pictures of a page differ elsewhere than in the lines with any of these words."""
        lines = [line for book in (self, other) for line in book._lines_with(label, words)]
        difference = ImageChops.difference(self._picture(label), other._picture(label)).convert("L")
        for line in lines:
            difference.paste(0, tuple(round(edge * DOTS / 72) for edge in line))
        assert lines
        return [box for box in [difference.getbbox()] if box]

    def _seen(self, label: str) -> tuple[str, bytes] | None:
        if label not in self.pages:
            return None
        return self.pages[label].get_text(), self._picture(label).tobytes()

    def _picture(self, label: str) -> Image.Image:
        drawn = self.pages[label].get_pixmap(dpi=DOTS)
        return Image.frombytes("RGB", (drawn.width, drawn.height), drawn.samples)

    def _lines_with(self, label: str, words: Iterable[str]) -> Iterator[pymupdf.Rect]:
        for x0, y0, x1, y1, text, *_ in self.pages[label].get_text("blocks"):
            if any(word in text for word in words):
                yield pymupdf.Rect(x0 - 2, y0 - 4, x1 + 2, y1 + 2)  # what letters reach beyond their line


def _label(page: pymupdf.Page) -> str:
    """As the viewer shows it, `๑๒-๓`; the library gives it as the PDF writes it, `<FEFF…>`."""
    written = str(page.get_label())
    return bytes.fromhex(written[1:-1]).decode("utf-16") if written.startswith("<FEFF") else written


def assert_manifests_differ_by(before: Book, after: Book, unit: Unit, versions: set[str | None]) -> None:
    """The edited instance in place of the one before, that applicant's assessment, and the outputs."""
    one, two = before.manifest, after.manifest
    inputs, edited = one["inputs"], two["inputs"]
    assert {name for name in one if one[name] != two[name]} == {"inputs", "outputs"}
    assert {name for name in inputs if inputs[name] != edited[name]} <= {
        "instances",
        "attachments",
        "assessments",
    }
    changed = {tuple(i) for i in inputs["instances"]} ^ {tuple(i) for i in edited["instances"]}
    assert {instance_id for instance_id, _ in changed} == versions
    digests, edited_digests = inputs["assessments"], edited["assessments"]
    assert digests.keys() == edited_digests.keys()
    assert {key for key in digests if digests[key] != edited_digests[key]} == {entity_id(unit)}


def with_more_pages(province: Province, unit: Unit) -> Post:
    """The unit's application sent once more, its documents with a dozen more pages that nobody can open."""
    home = province.home
    code = next(d.code for d in home.province.districts if d.name_th == unit.district)
    standard, studio = home.pack.standard(unit.type), Studio(PLAN.photo_width)
    filled = instances.edited_application(unit, standard, code, studio)
    files = {name: draw() for name, draw in filled.files.items()}
    for rows in filled.answers.repeats.values():
        ((question, first),) = rows[0].items()
        more = {f"{number}{first}": b"" for number in range(10, 22)}
        files |= more
        rows += [{question: name} for name in more]  # type: ignore[operator]
    province.phones[code].refresh()
    xml = province.phones[code].fill(names.APPLICATION, filled)
    return Post(filled.stamp.instance_id, filled.stamp.deprecated_id, code, xml, files)
