"""Whatever people, networks and machines do: after two undisturbed complete pulls, the mirror is right.

200 steps per source, 2,000 with `pytest -m long`. MOCHOCHO_TEST_SEED draws other steps; the steps are
printed, and a failure shrinks to the fewest steps that still show it.
"""

import functools
import os
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RULE_MARKER,
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)

from mochocho.words.errors import MochochoError
from sync.pull.pull_source import pull
from sync.pull.schedule import last
from tests.contract.servers import moments
from tests.contract.servers.local_worlds import EndpointWorld, FolderWorld
from tests.contract.servers.model_worlds import CentralWorld, KoboWorld, ModelWorld
from tests.contract.servers.world import (
    DELETE,
    EDIT_THERE,
    FORMS,
    HIDE,
    PURGE,
    REMOVE,
    REPLACE,
    RESTORE,
    REVIEW,
    REVIVE,
    Kept,
    World,
    held,
    in_conflict,
    kept,
    mirrored,
)

SEED = int(os.environ.get("MOCHOCHO_TEST_SEED", "20261121"))
WORLDS = (EndpointWorld, FolderWorld, CentralWorld, KoboWorld)
MOST = 18  # submissions at once: where more than 20 vanish together a person is asked first
LOCAL_CODES = {"file.other_content"}  # two files of one name from phones, kept both

picks = st.integers(0, MOST - 1)
kinds = st.lists(st.integers(0, 2), max_size=3)
masks = st.integers(0, 7)
faults = st.sampled_from(["status", "html", "cut", "reset", "lost", "later"])


def step(**drawn: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Any]:
    """A rule that counts."""

    def decorate(taken: Callable[..., None]) -> Any:
        @functools.wraps(taken)
        def counted(self: "Mirroring", *args: Any, **kwargs: Any) -> None:
            type(self).steps += 1
            self.quiet = False
            taken(self, *args, **kwargs)

        return rule(**drawn)(counted)  # type: ignore[call-overload]  # none of these is called `target`

    return decorate


class Mirroring(RuleBasedStateMachine):
    """One world and its home. A step that cannot be taken now is not drawn."""

    make_world: Callable[[Path], World]
    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.world: Any = type(self).make_world(Path(self.folder.name))
        self.trash: list[str] = []
        self.gone: list[str] = []
        self.hidden: list[str] = []
        self.replaced = False
        self.quiet = False  # nothing happened since all was compared
        self.ever = Kept(frozenset(), frozenset())
        for n, form in enumerate((FORMS[0], FORMS[1], FORMS[0])):  # so that all steps can be taken at once
            file_names = self.world.new_names(*range(n + 1))
            self.world.submit(form, file_names, {name: self.world.fresh() for name in file_names[:n]})

    def teardown(self) -> None:
        try:
            self.compare()
        finally:
            self.world.close()
            self.folder.cleanup()

    # --- what people do

    def can(self, *what: str) -> bool:
        return all(one in self.world.can for one in what)

    def there(self) -> list[str]:
        return list(self.world.truth())

    @precondition(lambda self: len(self.world.filled) < MOST)
    @step(form=st.sampled_from(FORMS), kinds=kinds, mask=masks)
    def submit(self, form: str, kinds: Sequence[int], mask: int) -> None:
        file_names = self.world.new_names(*kinds)
        self.world.submit(form, file_names, self._some(file_names, mask))

    @precondition(lambda self: self.there())
    @step(pick=picks, mask=masks)
    def edit(self, pick: int, mask: int) -> None:
        root = _one(self.there(), pick)
        self.world.edit(root, None, self._some(self.world.missing(root), mask))

    @precondition(lambda self: self.there())
    @step(pick=picks, kinds=kinds, mask=masks)
    def edit_with_other_photos(self, pick: int, kinds: Sequence[int], mask: int) -> None:
        """Some photos stay, some go, some come."""
        root = _one(self.there(), pick)
        stay = list(self.world.filled[root].file_names)[: 3 - len(kinds)]
        come = self.world.new_names(*kinds)
        self.world.edit(root, [*come, *stay], self._some(come, mask))

    @precondition(lambda self: self.can(EDIT_THERE) and self.there())
    @step(pick=picks)
    def edit_there(self, pick: int) -> None:
        self.world.edit_there(_one(self.there(), pick))

    @precondition(lambda self: any(self.world.missing(root) for root in self.there()))
    @step(pick=picks)
    def late_photo(self, pick: int) -> None:
        root, name = _one([(r, n) for r in self.there() for n in self.world.missing(r)], pick)
        self.world.late_photo(root, name, self.world.fresh())

    @precondition(lambda self: self.can(REPLACE) and any(map(self.world.present, self.there())))
    @step(pick=picks)
    def replace_photo(self, pick: int) -> None:
        root, name = _one([(r, n) for r in self.there() for n in self.world.present(r)], pick)
        self.world.replace_photo(root, name, self.world.fresh())
        self.replaced = True

    @precondition(lambda self: self.can(REMOVE) and any(map(self.world.present, self.there())))
    @step(pick=picks)
    def remove_photo(self, pick: int) -> None:
        root, name = _one([(r, n) for r in self.there() for n in self.world.present(r)], pick)
        self.world.remove_photo(root, name)
        self.replaced = True  # another may come in its place before we look

    @precondition(lambda self: self.can(DELETE) and self.there())
    @step(pick=picks)
    def delete(self, pick: int) -> None:
        root = _one(self.there(), pick)
        self.world.delete(root)
        (self.trash if self.world.has_trash else self.gone).append(root)

    @precondition(lambda self: self.can(RESTORE) and self.trash)
    @step(pick=picks)
    def restore(self, pick: int) -> None:
        root = _one(self.trash, pick)
        self.world.restore(root)
        self.trash.remove(root)

    @precondition(lambda self: self.can(PURGE) and self.trash)
    @step(pick=picks)
    def purge(self, pick: int) -> None:
        root = _one(self.trash, pick)
        self.world.purge(root)
        self.trash.remove(root)
        self.gone.append(root)

    @precondition(lambda self: self.can(REVIVE) and self.gone)
    @step(pick=picks)
    def send_again_what_is_gone(self, pick: int) -> None:
        root = _one(self.gone, pick)
        self.world.revive(root)
        self.gone.remove(root)
        self.replaced = True

    @precondition(lambda self: self.can(REVIEW) and self.there())
    @step(pick=picks)
    def review(self, pick: int) -> None:
        self.world.review(_one(self.there(), pick))

    @precondition(lambda self: self.can(HIDE) and len(self.world.filled) < MOST)
    @step(form=st.sampled_from(FORMS), hides_old=st.booleans(), pick=picks)
    def hide(self, form: str, hides_old: bool, pick: int) -> None:
        """It has its date and number, and nobody sees it yet; or not any more."""
        there = self.there()
        root = _one(there, pick) if hides_old and there else self.world.submit(form)
        self.world.hide(root)
        self.hidden.append(root)

    @precondition(lambda self: self.can(HIDE) and self.hidden)
    @step(pick=picks)
    def show(self, pick: int) -> None:
        root = _one(self.hidden, pick)
        self.world.show(root)
        self.hidden.remove(root)

    # --- what our side does

    @step(quick=st.booleans(), anew=st.booleans())
    def pull(self, quick: bool, anew: bool) -> None:
        """`anew`: by a process that has just begun."""
        if anew:
            self.world.restart()
        self.world.pull(quick=quick)
        self._nothing_lost()

    @step(kind=st.sampled_from(moments.KINDS), number=st.integers(1, 25), revalidate=st.booleans())
    def pull_that_ends(self, kind: str, number: int, revalidate: bool) -> None:
        with moments.ended_at(kind, number):
            self.world.pull(revalidate=revalidate)
        self.world.restart()
        self._nothing_lost()

    @precondition(lambda self: isinstance(self.world, ModelWorld))
    @step(kind=faults, skip=st.integers(0, 12), times=st.sampled_from([1, 3, None]))
    def pull_while_the_line_is_bad(self, kind: str, skip: int, times: int | None) -> None:
        how: dict[str, Any] = {"skip": skip, "times": times}
        if kind == "later":
            kind, how["status"] = "status", 429
        self.world.served.faults.add(kind, **how)
        with suppress(MochochoError):
            self.world.pull()
        self.world.served.faults.clear()
        self._nothing_lost()

    @precondition(lambda self: isinstance(self.world, ModelWorld))
    @step(
        what=st.sampled_from(["submit", "edit", "edit_with_other_photos", "late_photo", "delete", "restore",
                              "purge", "remove_photo", "replace_photo", "hide", "show"]),
        requests=st.integers(1, 15),
        pick=picks,
        kinds=kinds,
        mask=masks,
    )  # fmt: skip
    def pull_while_something_happens(
        self, what: str, requests: int, pick: int, kinds: Sequence[int], mask: int
    ) -> None:
        """Between two of our requests, so that pages shift and what was listed is another when it is read."""
        self.world.meanwhile(requests, self._later(what, pick, kinds, mask))
        with suppress(MochochoError):
            self.world.pull()
        self.world.waiting.clear()
        self._nothing_lost()

    @step()
    def two_pulls_at_once(self) -> None:
        def one(_number: int) -> None:
            pull(self.world.home, self.world.make_source())

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(one, range(2)))
        self._nothing_lost()

    @precondition(lambda self: not self.quiet)
    @step()
    def compare(self) -> None:
        """Two looks in quiet, and all is the same."""
        world = self.world
        world.pull(revalidate=self.replaced)
        again = world.pull()
        self.replaced = False
        assert (again.due, again.new, again.vanished) == (0, 0, 0)
        assert mirrored(world.home) == world.truth()
        assert in_conflict(world.home) == []
        assert set(held(world.home).values()) <= (set() if isinstance(world, ModelWorld) else LOCAL_CODES)
        self._nothing_lost()
        assert world.versions() <= {instance_id for instance_id, _ in self.ever.versions}
        if isinstance(world, ModelWorld):
            sweep = last(world.home, world.key)
            assert (sweep.problem, sweep.due, sweep.vanished) == (None, 0, 0)
        self.quiet = True

    # --- how

    def _later(self, what: str, pick: int, kinds: Sequence[int], mask: int) -> Callable[[], None]:
        """A step to take while our side is at work; nothing where it cannot be taken then."""
        arguments = {
            "submit": (FORMS[pick % 2], kinds, mask),
            "edit": (pick, mask),
            "edit_with_other_photos": (pick, kinds, mask),
            "hide": (FORMS[pick % 2], True, pick),
        }

        def take() -> None:
            wanted = getattr(self, what)
            if all(can(self) for can in getattr(wanted, RULE_MARKER).preconditions):
                wanted(*arguments.get(what, (pick,)))

        return take

    def _some(self, file_names: Sequence[str], mask: int) -> dict[str, bytes]:
        return {name: self.world.fresh() for n, name in enumerate(file_names) if mask & (1 << n)}

    def _nothing_lost(self) -> None:
        now = kept(self.world.home)
        assert self.ever.versions <= now.versions
        assert self.ever.files <= now.files
        self.ever = now


def _one(of: Sequence[Any], pick: int) -> Any:
    return of[pick % len(of)]


def walk(make: Callable[[Path], World], steps: int, length: int) -> None:
    """So many steps, in walks of this length, each in a world of its own."""
    number = SEED
    machine: Any = type("Machine", (Mirroring,), {"make_world": staticmethod(make)})
    while machine.steps < steps:
        print(f"{make.__name__}: MOCHOCHO_TEST_SEED={number}, {machine.steps} of {steps} steps")
        examples = max(1, (steps - machine.steps) // length)
        run_state_machine_as_test(
            seed(number)(machine),
            settings=settings(
                max_examples=examples,
                stateful_step_count=length,
                database=None,
                print_blob=False,
                suppress_health_check=list(HealthCheck),
            ),
        )
        number += 1
    print(f"{make.__name__}: {machine.steps} steps without a difference")


@pytest.mark.parametrize("world", WORLDS)
def test_the_mirror_is_what_the_source_holds(world: type[World]) -> None:
    walk(world, 200, 50)


@pytest.mark.long
@pytest.mark.parametrize("world", WORLDS)
def test_the_mirror_is_what_the_source_holds_after_many_more_steps(world: type[World]) -> None:
    walk(world, 2000, 100)
