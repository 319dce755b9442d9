"""Values stored as JSON are read back unchanged."""

import json
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from mochocho.words.model import (
    Application,
    Assessment,
    Counted,
    DocumentAnswer,
    FileRef,
    HeldMeeting,
    IndicatorScore,
    Measurement,
    OwnWork,
    ScoreSheet,
    SelfAssessment,
    SelfRound,
)
from processing import codec


def comes_back(value: Application | Assessment | IndicatorScore | Measurement | ScoreSheet) -> bool:
    return bool(codec.load(type(value), json.loads(json.dumps(codec.dump(value)))) == value)


words = st.text(max_size=10)
applications = st.builds(
    Application,
    eligibility=st.dictionaries(words, words, max_size=3),
    documents=st.dictionaries(words, st.from_type(DocumentAnswer), max_size=3),
)
sheets = st.builds(
    ScoreSheet,
    answers=st.dictionaries(words, st.none() | st.integers(), max_size=3),
    evidence=st.dictionaries(words, st.from_type(FileRef), max_size=3),
)
self_assessments = st.builds(
    SelfAssessment,
    answers=st.dictionaries(words, st.none() | st.integers(), max_size=3),
    meetings=st.dictionaries(words, st.tuples(st.from_type(HeldMeeting)), max_size=2),
    evidence=st.dictionaries(words, st.from_type(FileRef), max_size=3),
)
own_work = st.builds(OwnWork, rounds=st.tuples(st.builds(SelfRound, assessment=self_assessments)))
assessments = st.builds(
    Assessment, counted=st.none() | st.builds(Counted, application=applications, own=own_work)
)


@given(applications)
def test_applications(value: Application) -> None:
    assert comes_back(value)


@given(sheets)
def test_score_sheets(value: ScoreSheet) -> None:
    assert comes_back(value)


@settings(max_examples=30)  # each holds a dozen values of the kinds above
@given(assessments)
def test_assessments(value: Assessment) -> None:
    assert comes_back(value)


def test_a_third_is_kept_and_points_of_before_fractions_are_read() -> None:
    third = IndicatorScore("G1.2.1", Fraction(500, 3), 500, passed=False)
    assert codec.dump(third)["points"] == "500/3"
    assert comes_back(third)
    assert codec.load(IndicatorScore, {**codec.dump(third), "points": 166}).points == 166


@given(st.from_type(Measurement))
def test_measurements(value: Measurement) -> None:
    assert comes_back(value)
