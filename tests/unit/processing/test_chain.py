"""The chain of decisions: a row that was changed, removed or inserted is found, and no other is blamed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processing.decisions.chain import GENESIS, Fault, Found, Head, Link, canonical, digest, faults

TEXT = st.text(max_size=8)
CHANGED = {
    "kind": "withdraw",
    "applicant_key": "other",
    "about": "g7",
    "content": '{"outcome":"fail"}',
    "reason": "อีกเหตุผลหนึ่ง",
    "recorded_by": "คนอื่น",
    "recorded_at": datetime(2025, 5, 1, 0, 0, 0, 1, tzinfo=UTC),
    "seen": '{"instance_id":"v2"}',
    "undoes": 1,
}


def chain(reasons: Sequence[str]) -> list[Link]:
    made: list[Link] = []
    for number, reason in enumerate(reasons, 1):
        link = Link(
            number=number,
            kind="resolution",
            applicant_key=f"k{number % 3}",
            about="g6",
            content=canonical({"outcome": "pass"}),
            reason=reason,
            recorded_by="นางสาวบันทึก ตัวอย่าง",
            recorded_at=datetime(2025, 5, 1, tzinfo=UTC) + timedelta(seconds=number),
            seen=canonical({"instance_id": "v1"}),
            undoes=None,
            previous=made[-1].hash if made else GENESIS,
        )
        made.append(link.hashed())
    return made


def head(links: Sequence[Link]) -> Head:
    return Head(links[-1].number, links[-1].hash) if links else Head(0, GENESIS)


some = st.lists(TEXT, min_size=1, max_size=8).map(chain)


@given(st.lists(TEXT, max_size=8).map(chain))
def test_as_it_was_recorded_nothing_is_wrong(links: list[Link]) -> None:
    given_out = [Head(link.number, link.hash, "manifest.json") for link in links]
    assert list(faults(links, head(links), given_out)) == []


def test_no_decision_needs_no_head() -> None:
    assert list(faults([], None)) == []


@given(some, st.data())
@pytest.mark.parametrize("column", CHANGED)
def test_a_changed_column_names_its_row(column: str, links: list[Link], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(links) - 1))
    tampered = [*links]
    tampered[place] = replace(links[place], **{column: CHANGED[column]})
    assert list(faults(tampered, head(links))) == [Found(Fault.CHANGED, place + 1, place + 1)]


@given(some, st.data())
def test_a_row_changed_with_its_own_hash_is_found_too(links: list[Link], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(links) - 1))
    tampered = [*links]
    tampered[place] = replace(links[place], reason=links[place].reason + " ").hashed()
    (found,) = faults(tampered, head(links))
    assert (found.fault, found.first, found.last) == (Fault.CHANGED, place + 1, place + 1)


@given(some, st.data())
def test_removed_rows_are_named(links: list[Link], data: st.DataObject) -> None:
    first = data.draw(st.integers(1, len(links)))
    last = data.draw(st.integers(first, len(links)))
    left = [link for link in links if not first <= link.number <= last]
    assert list(faults(left, head(links))) == [Found(Fault.MISSING, first, last)]


@given(some, st.data())
def test_removed_rows_are_found_though_the_rest_was_numbered_anew(
    links: list[Link], data: st.DataObject
) -> None:
    gone = data.draw(st.integers(1, len(links)))
    left = [replace(one, number=one.number - (one.number > gone)) for one in links if one.number != gone]
    found = list(faults(left, head(links)))
    assert found
    assert {one.fault for one in found} == {Fault.MISSING}


@given(some)
def test_a_row_after_the_last_is_one_too_many(links: list[Link]) -> None:
    last = links[-1]
    more = replace(last, number=last.number + 1, previous=last.hash, reason="แทรก").hashed()
    assert list(faults([*links, more], head(links))) == [Found(Fault.INSERTED, more.number, more.number)]


@given(some, st.data())
def test_a_row_put_between_with_the_rest_numbered_anew(links: list[Link], data: st.DataObject) -> None:
    after = data.draw(st.integers(0, len(links) - 1))
    before = links[after - 1].hash if after else GENESIS
    new = replace(links[0], number=after + 1, previous=before, reason="แทรก").hashed()
    rest = [replace(one, number=one.number + 1) for one in links[after:]]
    found = list(faults([*links[:after], new, *rest], head(links)))
    assert found
    assert any(one.first <= after + 1 <= one.last for one in found)


@given(some, st.data())
def test_whoever_rewrites_all_of_it_meets_a_head_that_was_given_out(
    links: list[Link], data: st.DataObject
) -> None:
    named = data.draw(st.sampled_from(links))
    other = chain([f"{link.reason}!" for link in links])
    given_out = Head(named.number, named.hash, "manifest.json")
    assert list(faults(other, head(other))) == []
    assert list(faults(other, head(other), [given_out])) == [
        Found(Fault.CHANGED, named.number, named.number, "manifest.json")
    ]
    shorter = other[: named.number - 1]
    assert list(faults(shorter, head(shorter), [given_out])) == [
        Found(Fault.MISSING, named.number, named.number, "manifest.json")
    ]


def test_the_hash_is_that_of_the_moment_whatever_its_zone() -> None:
    (link,) = chain(["ครบ"])
    there = link.recorded_at.astimezone(timezone(timedelta(hours=7)))
    assert digest(replace(link, recorded_at=there)) == link.hash


def test_the_spelling_never_changes() -> None:
    """Every chain there is would be found changed."""
    assert chain(["ครบตามเกณฑ์"])[0].hash == "cd7643861d7cbb95d8f50218d5bb8ac03fa96db3127241d64c7b77e63d79e182"


@given(some, st.data())
def test_only_a_row_that_was_covered_so_is_as_recorded(links: list[Link], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(links) - 1))
    covered = replace(links[place], reason="(ลบข้อมูลแล้ว)")
    changed = [*links[:place], covered, *links[place + 1 :]]
    number = covered.number
    assert list(faults(changed, head(links), (), {number: digest(covered)})) == []
    for told in ({}, {number: digest(links[place])}, {number: "0" * 64}, {number + 1: digest(covered)}):
        assert list(faults(changed, head(links), (), told)) == [Found(Fault.CHANGED, number, number)]
    rehashed = [*links[:place], covered.hashed(), *links[place + 1 :]]
    assert list(faults(rehashed, head(links), (), {number: digest(covered)})), "its own hash stays as it was"
