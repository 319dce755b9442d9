"""Every check on drawn scans and photographs whose truth is known (`tests.pictures`)."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest

from processing.photographs.all_looks import suspicions_of
from processing.photographs.reduced import Reduced
from tests.pictures import corpus
from tests.pictures.seen import Seen, seen
from tools.photograph_table import EACH, GOOD, HARDER, SEED


def shortfalls(every: Sequence[Seen], recall: float, harder: float, false_alarms: float) -> list[str]:
    """Where recall is too low or false alarms are too many, with the names of the pictures."""
    lacking = []
    good = [one for one in every if one.sample.defect is None]
    for kind in corpus.DEFECTS:
        bad = [one for one in every if one.sample.defect is kind]
        missed = [one.sample.name for one in bad if kind not in one.kinds]
        false = [one.sample.name for one in good if kind in one.kinds]
        if len(missed) > len(bad) * (1 - (harder if kind in HARDER else recall)):
            lacking.append(f"{kind} missed {missed}")
        if len(false) > len(good) * false_alarms:
            lacking.append(f"{kind} said of {false}")
    return lacking


def test_each_check_finds_its_defect_and_leaves_good_pages_alone() -> None:
    """The short profile: what the long one shows at full size."""
    every = [seen(sample) for sample in corpus.samples(7, good=14, each=2, sides=(1200,))]
    assert Counter(one.sample.defect for one in every) == {None: 14} | dict.fromkeys(corpus.DEFECTS, 2)
    assert shortfalls(every, recall=1.0, harder=0.5, false_alarms=0.0) == []


@pytest.mark.long
def test_the_stated_figures() -> None:
    """Of each defect 95 of 100 are found (crops and screenshots 85), and of good ones at most one in 100."""
    every = [seen(sample) for sample in corpus.samples(SEED, GOOD, EACH)]
    assert shortfalls(every, recall=0.95, harder=0.85, false_alarms=0.01) == []


def test_a_picture_of_any_size_is_looked_at() -> None:
    """Cells and steps of every check are cut where a side is no multiple of them."""
    rng = np.random.default_rng(0)
    for high in (*range(95, 145), *range(660, 685)):
        for wide in (100, 131):
            suspicions_of(Reduced(rng.integers(0, 255, (high, wide)).astype(np.uint8)))
