"""JavaRosa (ODK Collect) and ODK Web Forms fill in every form alike,
and the server scores what both computed.

hypothesis chooses the answers: always 20 fills per form, 500 per form and profile with `pytest -m long`.
"""

import dataclasses
import random
import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mochocho.standards.schema import Pack
from mochocho.words.errors import BadInput
from mochocho.words.model import ApplicantType, ScoreSheet, SelfAssessment
from mochocho.words.numbers import half_up
from processing.register.kinds import KINDS
from processing.register.read.application import read_application
from processing.scoring.score import score_sheet
from sync.mirror.queries import Mirrored
from sync.xform.binds import Path as FieldPath
from sync.xform.choices import Choices, not_offered, parse_choices
from sync.xform.parse import parse_instance
from tests.engines.engines import Outcome, Round, javarosa, leaf, web_forms
from tests.engines.fills import fills
from tests.engines.questions import Description, describe
from tests.engines.world import PACK, form_path, write_list
from tests.headless import answers
from tests.integration.test_forms_scores import KEYS, drawn_pack, form_of
from xlsforms import names
from xlsforms.build import FORMS
from xlsforms.built import Profile

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
GPS = "19.9 99.8 400 5"

CI_FILLS = 10
USUAL = [pytest.param(form_id, "odk", CI_FILLS) for form_id in FORMS.values()]
LONG = [
    pytest.param(form_id, profile, 500, marks=pytest.mark.long)
    for form_id in FORMS.values()
    for profile in ("odk", "kobo")
]


@pytest.mark.parametrize(("form_id", "profile", "number"), [*USUAL, *LONG])
def test_both_engines_and_the_server_agree(form_id: str, profile: Profile, number: int) -> None:
    form = form_path(form_id, profile)
    described = describe(form)

    accepted = 0

    @settings(
        max_examples=number,
        database=None,
        derandomize=number == CI_FILLS,
        suppress_health_check=list(HealthCheck),
    )
    @given(rounds=fills(form), location=st.sampled_from(["", GPS]))
    def agree(rounds: list[Round], location: str) -> None:
        nonlocal accepted
        collect, web = (engine.fill(form, rounds, location) for engine in (javarosa(), web_forms()))
        assert differences(collect, web, described) == {}
        read = as_read(form_id, collect)
        assert read == as_read(form_id, web)
        if not collect.refused and not to_be_matched(collect):
            accepted += 1
            assert not isinstance(read, str), f"the phone accepts what the server refuses: {read}"
            assert scores_on_the_phone(collect) == scores_of_the_server(read, collect)

    agree()
    assert accepted >= number // 4  # else little was compared with the server


DRAWN = [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 10))]


@pytest.mark.parametrize("seed", DRAWN)
def test_points_of_any_kind_and_threshold_are_rounded_alike(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    pack = drawn_pack(dice)
    form = form_of(pack, tmp_path)
    write_list(tmp_path, names.ASSESSORS, [])
    for standard in pack.standards:
        answered = answers.onsite(KEYS[standard.code], answers.random_answers(standard.indicators, dice))
        collect, web = (engine.fill(form, [Round(answered)]) for engine in (javarosa(), web_forms()))
        assert differences(collect, web, describe(form)) == {}
        assert collect.refused == {}
        read = as_read(names.ONSITE, collect, pack)
        assert scores_on_the_phone(collect) == scores_of_the_server(read, collect, pack)


# Both engines


def differences(collect: Outcome, web: Outcome, form: Description) -> dict[str, tuple[Any, Any]]:
    """What differs: values and presence of every element, verdicts, and what is on the screen."""
    left, right = seen(collect, form), seen(web, form)
    return {key: (left.get(key), right.get(key)) for key in left | right if left.get(key) != right.get(key)}


def seen(outcome: Outcome, form: Description) -> dict[str, Any]:
    """All that is compared, less what is known to differ: see `alike` and `without_empty_rounds`."""
    values = {path: alike(path, value, form) for path, value in outcome.nodes.items()}
    return {
        **{f"value {path}": value for path, value in without_empty_rounds(values, form).items()},
        **{f"refused {path}": code for path, code in outcome.refused.items()},
        **{f"label {path}": " ".join(label.split()) for path, (label, _) in outcome.shown.items()},
        **{f"offered {path}": offered for path, (_, offered) in outcome.shown.items()},
    }


def alike(path: str, value: str, form: Description) -> str:
    """Without what differs in every fill: the moment, a fresh id, the order of choices, zeros of a place."""
    kind = form.kinds.get(unnumbered(path))
    creates = "/data/applicant_key" not in form.kinds  # an application: its applicant is new
    if path.endswith("/meta/instanceID") or (path.endswith("/meta/entity/@id") and creates):
        return UUID.sub("(fresh)", value)
    if kind == "dateTime":  # now() is another moment, and zones are written in several ways
        return MOMENT.sub("(moment)", value)
    if kind == "geopoint":
        return " ".join(str(float(number)) for number in value.split())
    if path in form.many:  # Collect writes them as they were tapped, Web Forms as they are listed
        return " ".join(sorted(value.split()))
    return value


def without_empty_rounds(values: dict[str, str], form: Description) -> dict[str, str]:
    """Where a form says how many rounds there are and the number falls, Collect keeps those above it."""
    rounds = {path: round_of(path, form) for path in values}
    filled = {rounds[path] for path, value in values.items() if value}
    return {path: value for path, value in values.items() if not rounds[path] or rounds[path] in filled}


def round_of(path: str, form: Description) -> str:
    """The second or later round of a counted repeat in which this stands, else ''."""
    starts = (m[0] for m in re.finditer(r"^.*?\[\d+\]", path) if unnumbered(m[0]) in form.counted)
    return next(starts, "")


def unnumbered(path: str) -> str:
    return re.sub(r"\[\d+\]", "", path)


# The server


def to_be_matched(outcome: Outcome) -> bool:
    """On KoboToolbox: about somebody who is not on the list; a person finds the applicant later."""
    return text(outcome, "not_listed") == "yes"


@cache
def offered(form_id: str) -> Mapping[FieldPath, Choices]:
    return parse_choices(form_path(form_id, "odk").read_bytes())


def as_read(form_id: str, outcome: Outcome, pack: Pack = PACK) -> Any:
    """What the server makes of an instance, or the code of what it refuses it for."""
    received = Mirrored("root", "i", "1", "0" * 64, {}, None, False, "s", form_id)
    try:
        instance = parse_instance(outcome.xml.encode())
        assert pack is not PACK or not_offered(instance.root, offered(form_id)) == ()
        if form_id == names.APPLICATION:
            application, identity = read_application(instance, received, pack)
            same = {"instance_id": "", "key": ""}
            return dataclasses.replace(application, **same), dataclasses.replace(identity, key="")
        read = KINDS[form_id].read(instance, received, pack)
    except BadInput as refused:
        return refused.code
    moments: dict[str, Any] = {}
    if form_id == names.SUPPLEMENT:  # its `end` is another moment in every engine, doubted or not
        moments = {"sent_at": None, "doubted": tuple(day for day in read.doubted if day.path != "end")}
    return dataclasses.replace(read, instance_id="", **moments)  # type: ignore[type-var]


SCORED = re.compile("(s|d)_[A-Z][0-9_]*|total|full|percent")


def scores_on_the_phone(outcome: Outcome) -> dict[str, int | None]:
    """Every point and total that a form computes, by field name; None where there is none."""
    if any(leaf(path) == "conflict" and value == "yes" for path, value in outcome.nodes.items()):
        return {}
    found = {leaf(path): value for path, value in outcome.nodes.items() if SCORED.fullmatch(leaf(path))}
    return {name: int(value) if value else None for name, value in found.items()}


def scores_of_the_server(read: Any, outcome: Outcome, pack: Pack = PACK) -> dict[str, int | None]:
    """The same from the answers as the server reads them; a sum only when nothing is missing in it."""
    if not isinstance(read, ScoreSheet | SelfAssessment) or getattr(read, "interest", None) is not None:
        return {}
    standard = pack.standard(ApplicantType(text(outcome, "applicant_type")))
    scores = score_sheet(standard, read.answers)
    points = {score.code: score.points for score in scores.indicators}
    found = {names.points(code): rounded(value) for code, value in points.items()}
    for dimension, score in zip(standard.dimensions, scores.dimensions, strict=True):
        complete = all(points[indicator.code] is not None for indicator in dimension.indicators)
        found[names.dimension_points(dimension.code)] = rounded(score.points) if complete else None
    complete = scores.percent is not None
    return found | {
        "total": rounded(scores.points) if complete else None,
        "full": scores.full,
        "percent": rounded(scores.percent),
    }


def rounded(points: Fraction | None) -> int | None:
    return None if points is None else half_up(points)


def text(outcome: Outcome, field: str) -> str:
    return next((value for path, value in outcome.nodes.items() if leaf(path) == field), "")
