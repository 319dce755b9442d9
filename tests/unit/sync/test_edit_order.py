"""The order of edits, computed from their deprecatedIDs only."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from sync.mirror.edit_order import Chain, arrange


def test_one_instance_is_its_own_root() -> None:
    assert arrange({"a": None}) == Chain("a", "a", conflict=False)


def test_the_end_of_the_chain_is_current() -> None:
    assert arrange({"c": "b", "a": None, "b": "a"}) == Chain("a", "c", conflict=False)


def test_an_unseen_ancestor_is_the_root_until_it_comes() -> None:
    assert arrange({"c": "b", "b": "a"}) == Chain("a", "c", conflict=False)


def test_two_edits_of_one_parent_are_a_conflict_and_the_longer_branch_is_current() -> None:
    assert arrange({"a": None, "b": "a", "x": "a"}) == Chain("a", "b", conflict=True)
    assert arrange({"a": None, "b": "a", "x": "a", "y": "x"}) == Chain("a", "y", conflict=True)


def test_two_edits_of_an_unseen_parent_are_a_conflict_too() -> None:
    assert arrange({"b": "a", "x": "a"}) == Chain("a", "b", conflict=True)


def test_a_circle_is_cut_at_its_least_id() -> None:
    assert arrange({"b": "c", "c": "b", "d": "c"}) == Chain("b", "d", conflict=True)


def test_a_circle_that_nothing_hangs_below_is_cut_too() -> None:
    assert arrange({"b": "a", "a": "b"}) == Chain("a", "b", conflict=True)
    assert arrange({"c": "b", "a": "c", "b": "a"}) == Chain("a", "c", conflict=True)
    assert arrange({"a": "a"}) == Chain("a", "a", conflict=True)


def test_of_some_instances_the_lowest_is_last_and_of_several_the_least() -> None:
    chain = arrange({"a": None, "b": "a", "c": "a", "d": "b"})
    assert [chain.last_of(some) for some in ({"a", "c"}, {"c", "b"}, {"a", "b", "c", "d"})] == ["c", "b", "d"]


def test_of_several_roots_that_servers_name_the_least_holds_and_what_it_edits_stands_above() -> None:
    assert arrange({"b": None, "c": "x"}, {"b": "b", "c": "a"}).root_id == "a"
    assert arrange({"b": "a", "c": "x"}, {"c": "b"}) == Chain("a", "c", conflict=False)
    assert arrange({"a": None, "b": "a", "c": "x"}, {"c": "b"}) == Chain("a", "c", conflict=False)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=30), st.randoms())
def test_the_order_of_arrival_changes_nothing(parents: list[int], random: Random) -> None:
    links: dict[str, str | None] = {"n000": None}
    for n, parent in enumerate(parents, start=1):
        links[f"n{n:03}"] = f"n{parent % n:03}"
    shuffled = list(links.items())
    random.shuffle(shuffled)

    chain = arrange(dict(shuffled))

    assert chain == arrange(links)
    assert chain.root_id == "n000"
    assert chain.conflict == (len(set(links.values())) != len(links))


def test_a_thousand_edits_are_no_recursion() -> None:
    links = {f"{n:05}": f"{n - 1:05}" if n else None for n in range(5000)}

    assert arrange(links) == Chain("00000", "04999", conflict=False)


def test_a_servers_root_connects_what_nobody_saw_between() -> None:
    root = {"a": "a", "d": "a"}
    assert arrange({"a": None, "d": "c"}, root) == Chain("a", "d", conflict=False)
    assert arrange({"d": "c"}, {"d": "a"}) == Chain("a", "d", conflict=False)
    assert arrange({"a": None, "d": "c", "f": "e"}, root | {"f": "a"}).conflict is False


def test_edits_of_one_unseen_instance_stand_side_by_side_below_a_servers_root() -> None:
    chain = arrange({"a": None, "d": "c", "e": "c"}, {"d": "a"})
    assert (chain.root_id, chain.conflict) == ("a", True)
    assert chain.depths["d"] == chain.depths["e"]


@given(st.lists(st.integers(0, 50), min_size=1, max_size=12), st.data())
def test_what_was_not_seen_makes_no_conflict_and_no_other_root(
    parents: list[int], data: st.DataObject
) -> None:
    links: dict[str, str | None] = {"n000": None}
    for n, parent in enumerate(parents, start=1):
        links[f"n{n:03}"] = f"n{parent % n:03}"
    seen = data.draw(st.sets(st.sampled_from(sorted(links)), min_size=1))
    some = {one: links[one] for one in seen}

    chain = arrange(some, dict.fromkeys(seen, "n000"))

    edited = [parent for parent in some.values() if parent is not None]
    assert chain.root_id == "n000"
    assert chain.conflict == (len(edited) != len(set(edited)))
    assert chain.current_id in seen
    assert chain.last_of(seen) == chain.current_id


@given(st.dictionaries(st.sampled_from("abcdef"), st.none() | st.sampled_from("abcdefgh"), min_size=1))
def test_anything_at_all_comes_to_an_end(links: dict[str, str | None]) -> None:
    parents = {one: parent for one, parent in links.items() if parent != one}
    if parents:
        chain = arrange(parents, dict.fromkeys(parents, "r"))
        assert set(chain.depths) == set(parents)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=40), st.randoms())
def test_a_depth_counts_what_stands_above(parents: list[int], random: Random) -> None:
    names = [f"n{n:03}" for n in range(len(parents))]
    # Some edit what was never seen, and some, which no phone makes, each other or themselves.
    links = [(name, f"n{parent:03}" if parent else None) for name, parent in zip(names, parents, strict=True)]
    random.shuffle(links)

    chain = arrange(dict(links))

    cut = _cut_at_least_ids(dict(links))
    for name in names:
        assert chain.depths[name] == _counted(name, cut)


def _counted(name: str, links: dict[str, str | None]) -> int:
    """The depth by its definition: step by step to the top, from each anew."""
    steps = 1
    while (above := links[name]) is not None and above in links:
        name, steps = above, steps + 1
    return steps


def _cut_at_least_ids(links: dict[str, str | None]) -> dict[str, str | None]:
    for name in sorted(links):
        seen: list[str] = []
        at = links[name]
        while at is not None and at in links and at not in seen:
            seen.append(at)
            at = links[at]
        if name in seen:  # the first of a circle in order of ids is its least
            links = links | {name: None}
    return links
