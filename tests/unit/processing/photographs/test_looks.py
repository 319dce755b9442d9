"""Every check on drawn scans and photographs whose truth is known (`tests.pictures`)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mochocho.words.model import Doubtful
from processing.decoding.one_file import measure
from processing.documents.suspicious import OF_PORTRAITS
from tests.pictures import corpus
from tests.pictures.corpus import Sample

HARDER = {Doubtful.CROPPED, Doubtful.SCREENSHOT}


@dataclass(frozen=True, slots=True)
class Seen:
    """A sample with what was suspected of it."""

    sample: Sample
    kinds: frozenset[Doubtful]


def seen(sample: Sample) -> Seen:
    found = measure("s", sample.content)
    assert found.problem == "", f"{sample.name} is called unreadable"
    kinds = frozenset(one.kind for one in found.suspicions)
    return Seen(sample, kinds & OF_PORTRAITS if sample.portrait else kinds)


def shortfalls(every: Sequence[Seen], recall: float, harder: float, false_alarms: float) -> list[str]:
    """Where recall is too low or false alarms are too many, with the names of the pictures."""
    lacking = []
    good = [one for one in every if one.sample.defect is None]
    for kind in Doubtful:
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
    every = [seen(sample) for sample in corpus.samples(7, good=28, each=3, sides=(1200,))]
    assert Counter(one.sample.defect for one in every) == {None: 28} | dict.fromkeys(corpus.DEFECTS, 3)
    assert shortfalls(every, recall=0.66, harder=0.66, false_alarms=0.04) == []
