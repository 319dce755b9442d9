"""The rules by which a server's roots go and come back."""

from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sync.mirror.deletions import DELETED, MANY, PURGED, SWEEPS, RootState, next_state, state_changes
from sync.sources.protocol import Entry

LIVE = RootState()
LISTED, TRASH = Entry("r", "f"), Entry("r", "f", trash=True)
looks = st.lists(st.sampled_from([LISTED, TRASH, None]), max_size=12)


def after(*seen: Entry | None, has_trash: bool = True) -> list[RootState]:
    stands = [LIVE]
    for one in seen:
        stands.append(next_state(stands[-1], one, has_trash=has_trash))
    return stands


def test_the_ways_a_root_goes_and_comes_back() -> None:
    assert [s.state for s in after(LISTED, TRASH, LISTED)] == ["live", "live", "deleted", "live"]
    assert [s.restored for s in after(LISTED, TRASH, LISTED, LISTED)] == [False, False, False, True, True]
    assert [s.state for s in after(None, None, None)] == ["live", "live", "purged", "purged"]
    assert [s.state for s in after(None, None, has_trash=False)][-1] == "deleted"
    assert [s.state for s in after(None, LISTED, None, LISTED)] == ["live"] * 5
    assert [s.state for s in after(TRASH, None, None)] == ["live", "deleted", "deleted", "purged"]


@given(looks, st.booleans())
def test_absence_alone_takes_two_sweeps_in_a_row(seen: list[Entry | None], has_trash: bool) -> None:
    stands = after(*seen, has_trash=has_trash)
    for n, (before, now) in enumerate(pairwise(stands)):
        if before.state == "live" and now.state != "live":
            assert seen[n] is TRASH or (n > 0 and seen[n - 1] is None and seen[n] is None)
        if seen[n] is LISTED:
            assert (now.state, now.missed) == ("live", 0)


@given(looks, st.booleans())
def test_a_look_that_is_had_again_changes_nothing_more_than_absence(
    seen: list[Entry | None], has_trash: bool
) -> None:
    stands = after(*seen, has_trash=has_trash)[-1]
    for one in (LISTED, TRASH):
        once = next_state(stands, one, has_trash=has_trash)
        assert next_state(once, one, has_trash=has_trash) == once
    gone = next_state(next_state(stands, None, has_trash=has_trash), None, has_trash=has_trash)
    assert next_state(gone, None, has_trash=has_trash) == gone
    assert (gone.state == PURGED) or (not has_trash and gone.state == DELETED)


@dataclass(frozen=True)
class World:
    stood: dict[str, RootState]
    listed: dict[str, Entry]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Some roots that stood somehow, of which a look lists some."""
    count = draw(st.integers(0, 1200))
    gone = draw(st.integers(0, min(count, 100)))
    missed = draw(st.integers(0, SWEEPS))
    trash = draw(st.booleans())
    stood = {str(n): RootState(missed=missed if n < gone else 0) for n in range(count)}
    listed = {str(n): Entry(str(n), "f") for n in range(gone, count)}
    if trash:
        listed |= {str(n): Entry(str(n), "f", trash=True) for n in range(gone)}
    return World(stood, listed)


@given(worlds(), st.integers(0, 100))
def test_more_than_a_few_go_only_where_a_person_said_so(world: World, accepted: int) -> None:
    told = state_changes(world.stood, world.listed, has_trash=True, accepted=accepted)
    going = [root for root, one in told.changes.items() if one.state != "live"]
    share = len(world.stood) * 5 // 100

    assert len(going) <= max(MANY, share, accepted)
    assert not (going and told.vanished)
    if told.vanished:
        assert told.vanished > max(MANY, share, accepted)
        again = state_changes(
            world.stood | told.changes, world.listed, has_trash=True, accepted=told.vanished
        )
        assert sum(one.state != "live" for one in again.changes.values()) == told.vanished


@given(worlds())
def test_only_what_changes_is_told(world: World) -> None:
    told = state_changes(world.stood, world.listed, has_trash=True)
    assert all(one != world.stood[root] for root, one in told.changes.items())
