"""What is projected where assessors differ: dots without names, in words who could not assess."""

import re
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest

from mochocho.settings.config import Papers, Settings
from mochocho.storage.home import Home, open_home
from mochocho.words.model import ApplicantType, NotAssessed, Scores, Settled
from processing.scoring.reconcile import Agreement, reconcile
from reports.single import small_paper
from reports.view.applicant_names import Name
from reports.view.assessors.projected import (
    NOTHING,
    TITLE,
    Dots,
    DotsRow,
    DotsSheet,
    Projected,
    dots_rows,
    shown,
)
from reports.view.printed_words import SAMPLE, Tone, Words
from tests.pins.applicants import BY_NAMED, PACK, application, rules_of, sheet

GROUP = ApplicantType.GROUP
STANDARD = PACK.standard(GROUP)
ASKS = rules_of(BY_NAMED).pack  # a person settles what is more than 20 % apart
RUBRIC = next(i.code for i in STANDARD.indicators if i.measure.kind == "rubric")
LONG = "กลุ่มทอผ้าตัวอย่างบ้านทุ่งดาวคำลุ่มน้ำม่อนฟ้าเงิน" * 3
NAMES = ("นายหนึ่ง ใจดี", "นางสอง ใจงาม", "นางสาม ใจเย็น", "นายสี่ ใจกว้าง")


def scored(*levels: int | None, settled: int | None = None) -> Scores:
    """The scores of assessors who gave these levels of one rubric and agree about all else."""
    sheets = []
    for name, level in zip(NAMES, levels, strict=False):
        complete = sheet(GROUP, name)
        why = {RUBRIC: NotAssessed("no_evidence")} if level is None else {}
        sheets.append(replace(complete, answers={**complete.answers, RUBRIC: level}, not_assessed=why))
    by = {} if settled is None else {RUBRIC: Settled(settled, "ดูร่วมกัน", "นางประธาน")}
    found = reconcile(
        application(GROUP), lambda _: STANDARD, sheets, agreement=Agreement(above=20, settled=by)
    )
    assert found.scores
    return found.scores


def rows(scores: Scores, **words: bool) -> list[DotsRow]:
    return list(dots_rows(scores, shown(scores, ASKS), STANDARD, Words(**words)))


def test_equal_points_are_dots_above_one_another_with_range_and_median() -> None:
    (row,) = rows(scored(5, 2, 5, 1), thai_digits=False)
    assert row.code == RUBRIC
    assert row.dots == (Dots(0.2, 1), Dots(0.4, 1), Dots(1.0, 2))
    assert (row.low, row.middle, row.high) == (0.2, 0.7, 1.0)
    assert row.said == ("ต่ำสุด 1.00 สูงสุด 5.00", "ต่างกัน 4.00 ค่ากลาง 3.50")
    assert [tick.said for tick in row.ticks] == ["0", "1", "2", "3", "4", "5"]
    assert (row.counts, row.tone) == ("รอประมวล", Tone.BAD)


def test_whoever_could_not_assess_is_told_in_words_and_is_no_dot_at_zero() -> None:
    (row,) = rows(scored(5, None, 2, None), thai_digits=False)
    assert row.dots == (Dots(0.4, 1), Dots(1.0, 1))
    assert row.low == 0.4
    assert row.said[-1] == "ประเมินไม่ได้ 2 คน"


def test_what_was_settled_says_what_counts_and_keeps_the_dots() -> None:
    (row,) = rows(scored(5, 2, 4, settled=3))
    assert [one.at for one in row.dots] == [0.4, 0.8, 1.0]
    assert (row.counts, row.tone) == ("ประมวลแล้ว ใช้ ๓.๐๐", Tone.GOOD)


def test_below_the_threshold_nothing_is_shown_but_everything_where_the_pack_names_none() -> None:
    near = scored(4, 5)
    assert rows(near) == []
    (row,) = dots_rows(near, shown(near, PACK), STANDARD, Words(thai_digits=False))
    assert row.counts == "ค่าเฉลี่ย 4.50"


def pages(home: Home, *sheets: DotsSheet) -> list[pymupdf.Page]:
    made = small_paper.pdf(home, "disagreements", Projected(TITLE, SAMPLE, NOTHING, sheets))
    return list(pymupdf.open(stream=made, filetype="pdf"))


def words(page: pymupdf.Page) -> str:
    return re.sub(r"\s", "", page.get_text())


@pytest.mark.parametrize("digits", [True, False])
def test_the_pages_are_a_screen_with_large_letters_and_no_assessors_name(
    tmp_path: Path, digits: bool
) -> None:
    home = open_home(Settings(home=tmp_path / "home", papers=Papers(thai_digits=digits)))
    many = tuple(rows(scored(5, 2, None, 1), thai_digits=digits)) * 9
    made = pages(home, DotsSheet(Name(LONG, person=False), "อำเภอแม่จัน กรรมการ 4 คน", many))
    assert len(made) > 1
    for page in made:
        assert (page.rect.width, page.rect.height) == (1366, 768)
        lines = [line for block in page.get_text("dict")["blocks"] for line in block.get("lines", ())]
        spans = [span for line in lines for span in line["spans"] if span["text"].strip()]
        assert min(span["size"] for span in spans) >= 20
        inside = pymupdf.Rect(20, 10, 1346, 758)
        assert all(inside.contains(pymupdf.Rect(span["bbox"])) for span in spans)
        text = words(page)
        assert LONG in text
        assert "ประเมินไม่ได้" in text
        assert not [name for name in NAMES if name.replace(" ", "") in text]
    assert sum(words(page).count("รอประมวล") for page in made) == len(many)


def test_where_nobody_differs_one_page_says_so(tmp_path: Path) -> None:
    (page,) = pages(open_home(Settings(home=tmp_path / "home")))
    assert NOTHING in words(page)
