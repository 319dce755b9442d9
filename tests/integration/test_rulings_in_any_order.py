"""Rulings through both doors in any order: one state, as a model of it says, and one chain."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mochocho.settings.config import load_settings
from mochocho.storage.db import reading
from mochocho.storage.home import open_home
from processing.decisions import audit, recorded
from processing.decisions.decision import Kind
from processing.decisions.office.typed_rulings import MERGE, MET, NOT_MET, ONSITE, REOPEN, REVOKE, WITHDRAW
from tests import databases
from tests.integration.test_rulings import ONE, THREE, TWO, Office, indicators, made, rule_of

__all__ = ["made"]  # the home is that of the other tests of rulings

KEYS = (ONE, TWO, THREE)
DOORS = ("command", "excel")
Matter = tuple[str, str, str]


@dataclass
class Model:
    """What was recorded, as plainly as it can be said. `rows`: by number, the matter and what was said."""

    rows: list[tuple[Matter | None, str]] = field(default_factory=list)  # None: it undoes
    undone: set[int] = field(default_factory=set)

    def holding(self) -> dict[Matter, tuple[int, str]]:
        return {
            matter: (number, said)
            for number, (matter, said) in enumerate(self.rows, start=1)
            if matter is not None and number not in self.undone
        }

    def aside(self, key: str, *kinds: str) -> bool:
        return any((kind, key, "") in self.holding() for kind in kinds)

    def ruled(self, matter: Matter, said: str) -> bool:
        """Whether it can be recorded; then it is."""
        kind, key, _ = matter
        held = self.holding()
        if held.get(matter, (0, ""))[1] == said:
            return True
        both = (Kind.WITHDRAW.value, Kind.MERGE.value)
        others = tuple(other for other in both if other != kind)
        if self.aside(key, *others):
            return False
        if kind == Kind.MERGE:
            into_others = any(m[0] == Kind.MERGE and what == key for m, (_, what) in held.items())
            if said == key or self.aside(said, *both) or into_others:
                return False
        self.rows.append((matter, said))
        return True

    def undid(self, number: int) -> bool:
        there = 1 <= number <= len(self.rows) and self.rows[number - 1][0] is not None
        if not there or number in self.undone:
            return False
        self.undone.add(number)
        self.rows.append((None, ""))
        return True


@dataclass(frozen=True)
class Step:
    door: str
    word: str
    key: str
    value: str


steps = st.one_of(
    st.builds(
        Step,
        st.sampled_from(DOORS),
        st.sampled_from([MET, NOT_MET, WITHDRAW]),
        st.sampled_from(KEYS),
        st.just(""),
    ),
    st.builds(
        Step, st.sampled_from(DOORS), st.just(ONSITE), st.sampled_from(KEYS), st.sampled_from(["2", "๔"])
    ),
    st.builds(Step, st.sampled_from(DOORS), st.just(MERGE), st.sampled_from(KEYS), st.sampled_from(KEYS)),
    st.builds(
        Step,
        st.sampled_from(DOORS),
        st.sampled_from([REVOKE, REOPEN]),
        st.just(""),
        st.sampled_from("1234567"),
    ),
)


@contextmanager
def office_at(made: Path, folder: Path) -> Iterator[Office]:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(made, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        with databases.closing(open_home(load_settings(folder / "mochocho.toml"))) as home:
            yield Office(folder, home)


def take(office: Office, model: Model, step: Step) -> tuple[bool, bool]:
    """Whether the door took it, and whether the model does."""
    about = {MET: rule_of(office), NOT_MET: rule_of(office), ONSITE: indicators(office.home)[0]}.get(
        step.word, ""
    )
    key = step.key
    if step.word in (REVOKE, REOPEN):
        number = int(step.value)
        matter = model.rows[number - 1][0] if number <= len(model.rows) else None
        key = matter[1] if matter else ONE
        expected = model.undid(number)
    else:
        kinds = {MERGE: Kind.MERGE, WITHDRAW: Kind.WITHDRAW, ONSITE: Kind.SCORE_RECONCILE}
        kind = kinds.get(step.word, Kind.ELIGIBILITY_OVERRIDE)
        said = {MET: MET, NOT_MET: NOT_MET, WITHDRAW: WITHDRAW}.get(step.word, step.value)
        expected = model.ruled((kind.value, key, about), said)
    if step.door == "command":
        return office.by_command(step.word, key, about, step.value).exit_code == 0, expected
    return not office.by_excel(step.word, key, about, step.value).mistakes, expected


def walk(made: Path, folder: Path, taken: list[Step]) -> None:
    with office_at(made, folder) as office:
        model = Model()
        for step in taken:
            took, expected = take(office, model, step)
            assert took == expected, (step, model)
        with reading(office.home.engine) as session:
            holding = recorded.holding(session, set(Kind), KEYS)
        held = {one.number for one in holding if one.kind not in (Kind.REVOKE, Kind.REOPEN)}
        assert held == {number for number, _ in model.holding().values()}
        assert len(office.recorded()) == len(model.rows)
        assert audit.examine(office.home).found == ()


QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@given(taken=st.lists(steps, min_size=3, max_size=7))
@settings(max_examples=6, suppress_health_check=QUIET)
def test_both_doors_in_any_order_come_to_the_state_of_the_model(
    made: Path, tmp_path: Path, taken: list[Step]
) -> None:
    walk(made, tmp_path / "walked", taken)


@pytest.mark.long
@given(taken=st.lists(steps, min_size=5, max_size=25))
@settings(max_examples=100, suppress_health_check=QUIET)
def test_long_ways_through_both_doors_come_to_the_state_of_the_model(
    made: Path, tmp_path: Path, taken: list[Step]
) -> None:
    walk(made, tmp_path / "walked", taken)
