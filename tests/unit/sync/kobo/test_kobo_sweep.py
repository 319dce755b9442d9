"""A sweep sees every row of a KoboToolbox, however it pages and whatever changes meanwhile."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.words.errors import Terminal, Transient
from mochocho.words.sentences import plain
from sync.kobo.api import Page
from sync.kobo.sweep import sweep
from sync.web.client import Refused

Row = dict[str, Any]


class Rows:
    """A table that answers keyset queries; `cap` rows at most. `after`: what happens after a call."""

    def __init__(self, ids: list[int], cap: int = 1000) -> None:
        self.rows = {id_: row(id_) for id_ in ids}
        self.cap = cap
        self.calls = 0
        self.after: Callable[[int], object] = lambda _call: None

    def read(self, _uid: str, query: Mapping[str, Any], _fields: object, *, limit: int = 1000) -> Page:
        bound = query["_id"]
        found = [
            one
            for id_, one in sorted(self.rows.items())
            if bound.get("$gt", 0) < id_ <= bound.get("$lte", id_)
        ]
        page = Page(len(found), found[: min(limit, self.cap)])
        self.calls += 1
        self.after(self.calls)
        return page


def row(id_: int, **more: Any) -> Row:
    return {"_id": id_, "_uuid": f"u{id_}", "meta/rootUuid": f"uuid:u{id_}", "_attachments": [], **more}


def swept(rows: Rows) -> list[int]:
    return sorted(one.id for one in sweep(_api(rows), "aX").roots.values())


def _api(rows: Rows) -> Any:
    class Stand:
        pass

    stand = Stand()
    stand.rows = rows.read  # type: ignore[attr-defined]
    stand.reader = lambda make: make  # type: ignore[attr-defined]
    stand.read = lambda uid, query, fields, make: make(  # type: ignore[attr-defined]
        rows.read(uid, query, fields)
    )
    return stand


@given(st.sets(st.integers(1, 60)), st.integers(1, 7))
def test_pages_shorter_than_asked_for_lose_nothing(ids: set[int], cap: int) -> None:
    assert swept(Rows([*ids], cap)) == sorted(ids)


def test_a_small_project_is_one_request() -> None:
    rows = Rows([1, 2, 3])
    swept(rows)
    assert rows.calls == 1


def test_a_row_deleted_between_pages_hides_no_other() -> None:
    rows = Rows([*range(1, 11)], cap=3)
    rows.after = lambda call: rows.rows.pop(1, None) if call == 1 else None
    assert set(swept(rows)) >= {*range(2, 11)}


def test_a_row_that_becomes_visible_below_a_page_that_was_read_is_found_by_another_pass() -> None:
    rows = Rows([1, 2, 4, 5, 6, 7], cap=3)

    def appears(call: int) -> None:
        if call == 2:
            rows.rows[3] = row(3)

    rows.after = appears
    assert swept(rows) == [1, 2, 3, 4, 5, 6, 7]


def test_what_one_sweep_cannot_see_the_next_one_does() -> None:
    rows = Rows([1, 2, 4, 5, 6, 7], cap=3)

    def changes(call: int) -> None:
        if call == 2:  # one goes and another becomes visible: the count agrees
            rows.rows[3] = row(3)
            del rows.rows[7]

    rows.after = changes
    assert 3 not in swept(rows)
    rows.after = lambda _call: None
    assert swept(rows) == [1, 2, 3, 4, 5, 6]


def test_rows_that_come_while_it_is_read_are_no_reason_to_begin_again() -> None:
    rows = Rows([1, 2, 3, 4], cap=2)
    rows.after = lambda call: rows.rows.update({100 + call: row(100 + call)}) if call < 4 else None
    assert set(swept(rows)) >= {1, 2, 3, 4}
    assert rows.calls < 8


def test_a_server_that_never_gives_all_is_not_believed() -> None:
    rows = Rows([*range(1, 7)], cap=3)
    honest = rows.read

    def more(uid: str, query: Mapping[str, Any], fields: object, **how: int) -> Page:
        page = honest(uid, query, fields, **how)
        return Page(page.count + 1, page.rows) if "$lte" in query["_id"] else page

    rows.read = more  # type: ignore[assignment, method-assign]
    with pytest.raises(Transient, match="fewer submissions"):
        swept(rows)


def test_an_empty_page_before_the_end_is_not_believed() -> None:
    rows = Rows([])
    rows.read = lambda *_, **__: Page(5, [])  # type: ignore[method-assign]
    with pytest.raises(Transient, match="5 submissions are left"):
        swept(rows)


@pytest.mark.parametrize("ids", [[2, 1], [1, 1], ["1"], [None]])
def test_rows_in_no_order_come_from_another_software(ids: list[object]) -> None:
    rows = Rows([])
    rows.read = lambda *_, **__: Page(2, [{"_id": id_} for id_ in ids])  # type: ignore[method-assign]
    with pytest.raises(Terminal, match="KoboToolbox"):
        swept(rows)


def test_a_server_that_ignores_the_query_is_no_endless_loop() -> None:
    rows = Rows([1, 2, 3])
    first = Page(9, [row(1), row(2)])
    rows.read = lambda *_, **__: first  # type: ignore[method-assign]
    with pytest.raises(Terminal, match="no order"):
        swept(rows)


def test_a_draft_holds_nothing() -> None:
    rows = Rows([])

    def refuse(*_: object, **__: object) -> Page:
        raise Refused(plain("…"), 400, "", "The specified asset has not been deployed")

    rows.read = refuse  # type: ignore[method-assign]
    assert swept(rows) == []


def test_another_refusal_is_no_empty_project() -> None:
    rows = Rows([])

    def refuse(*_: object, **__: object) -> Page:
        raise Refused(plain("…"), 400, "", "Value must be valid JSON.")

    rows.read = refuse  # type: ignore[method-assign]
    with pytest.raises(Refused):
        swept(rows)


def test_of_two_rows_of_one_root_the_newest_stands() -> None:
    rows = Rows([])
    rows.rows = {3: row(3), 8: row(8, **{"meta/rootUuid": "uuid:u3"})}
    assert {root: one.id for root, one in sweep(_api(rows), "aX").roots.items()} == {"u3": 8}


def test_a_row_that_names_no_instance_is_told_apart() -> None:
    rows = Rows([1])
    rows.rows[2] = {"_id": 2, "_attachments": []}
    assert sweep(_api(rows), "aX").nameless == (2,)
    assert swept(rows) == [1]
