"""The phone's points always equal the server's: random score sheets, filled in with Collect's engine.

Half of the sheets use the released pack, half use kinds, marks and thresholds drawn at random: rounded points
could agree by chance on the few thresholds of one pack.
"""

import random
from pathlib import Path

import pytest
from lxml import etree

from mochocho.standards.load import load_pack
from mochocho.standards.schema import Count, Indicator, Measure, Pack, Percent, Rubric, Standard, YesNo
from mochocho.words.numbers import half_up
from mochocho.words.places import Province
from processing.scoring.score import score_sheet
from tests.headless import answers
from tests.headless.collect import headless
from xlsforms import names
from xlsforms.build import build_forms

RELEASED = load_pack("2568-sample").pack
CHIANG_RAI = Province.named("เชียงราย")
SHEETS_A_PACK = 30
KEYS = {s.code: f"00000000-0000-4000-8000-00000000000{at}" for at, s in enumerate(RELEASED.standards)}


ALL = [pytest.param(seed, marks=pytest.mark.long) for seed in range(10)]


@pytest.mark.parametrize("seed", [0, *ALL])
def test_totals_on_the_phone_equal_the_servers(tmp_path: Path, seed: int) -> None:
    """30 sheets a seed: one seed always, all ten (300 sheets) with `pytest -m long`."""
    dice = random.Random(seed)
    for pack, sheets in ((RELEASED, SHEETS_A_PACK // 2), (drawn_pack(dice), SHEETS_A_PACK // 2)):
        form = form_of(pack, tmp_path)
        for number in range(sheets):
            standard = pack.standards[number % len(pack.standards)]
            given = answers.random_answers(standard.indicators, dice)
            assert phone_scores(form, standard, given) == server_scores(standard, given), given


def form_of(pack: Pack, folder: Path) -> Path:
    path = folder / f"{names.ONSITE}.xml"
    (onsite,) = (form for form in build_forms(pack, CHIANG_RAI, "odk") if form.form_id == names.ONSITE)
    path.write_text(onsite.xform, encoding="utf-8")
    rows = [
        {
            "name": key,
            "label": "ก",
            "applicant_type": type_,
            "applicant_name": "ก",
            "district": answers.DISTRICT,
        }
        for type_, key in KEYS.items()
    ]
    answers.write_applicants(folder, rows)
    return path


def phone_scores(form: Path, standard: Standard, given: dict[str, int]) -> dict[str, int]:
    filled = headless().fill(form, answers.onsite(KEYS[standard.code], given))
    assert filled.xml is not None, filled.problems
    root = etree.fromstring(filled.xml.encode())
    return {
        field: int(str(root.findtext(f".//{{*}}{field}")))
        for element in root.iter(etree.Element)
        if (field := etree.QName(element).localname).startswith(("s_", "d_")) or field in TOTALS
    }


TOTALS = ("total", "full", "percent")


def server_scores(standard: Standard, given: dict[str, int]) -> dict[str, int]:
    scores = score_sheet(standard, given)
    assert scores.percent is not None
    return {
        **{names.points(score.code): half_up(score.points or 0) for score in scores.indicators},
        **{names.dimension_points(d.code): half_up(d.points) for d in scores.dimensions},
        **dict(zip(TOTALS, (half_up(scores.points), scores.full, half_up(scores.percent)), strict=True)),
    }


def drawn_pack(dice: random.Random) -> Pack:
    """The released pack with other kinds, thresholds and full marks, thirds and sevenths among them."""
    return RELEASED.model_copy(update={"standards": tuple(_drawn(s, dice) for s in RELEASED.standards)})


def _drawn(standard: Standard, dice: random.Random) -> Standard:
    dimensions = []
    for dimension in standard.dimensions:
        components = []
        for component in dimension.components:
            indicators = tuple(_drawn_indicator(indicator, dice) for indicator in component.indicators)
            components.append(component.model_copy(update={"indicators": indicators}))
        dimensions.append(dimension.model_copy(update={"components": tuple(components)}))
    return standard.model_copy(update={"dimensions": tuple(dimensions)})


def _drawn_indicator(indicator: Indicator, dice: random.Random) -> Indicator:
    measure = _drawn_measure(dice)
    meetings = indicator.from_meetings and measure.kind == "percent"
    other = {"measure": measure, "full_marks": dice.randint(1, 100), "from_meetings": meetings}
    return indicator.model_copy(update=other)


def _drawn_measure(dice: random.Random) -> Measure:
    threshold = dice.choice([dice.randint(1, 12), dice.choice([15, 16, 24, 30, 50, 90, 100])])
    measures: list[Measure] = [
        Count(kind="count", threshold=threshold, unit_th="ครั้ง", unit_en="times"),
        Percent(kind="percent", threshold=dice.choice([50, 60, 66, 70, 75, 80, 90, 100])),
        YesNo(kind="yes_no"),
        Rubric(kind="rubric"),
    ]
    return dice.choice(measures)
