"""The queue of documents: its order, what it is narrowed to, and what comes after one."""

from datetime import UTC, datetime

import pytest

from mochocho.words.model import ApplicantType
from processing.documents.desk.desk_queue import Order, Waiting, Wanted, queue


def waiting(key: str, district: str, day: int | None, label: str = "ใบสมัคร") -> Waiting:
    since = datetime(2025, 1, day, tzinfo=UTC) if day else None
    return Waiting(key, f"กลุ่ม {key}", ApplicantType.GROUP, district, "form", label, since)


EVERY = [waiting("a", "1", 9), waiting("b", "2", 3), waiting("c", "1", 5, "บัตร"), waiting("d", "3", None)]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(), "dbca"),  # of whom nobody knows since when, first
        (Wanted(order=Order.DISTRICT), "bcad"),
        (Wanted(district="1"), "ca"),
        (Wanted(label="บัตร"), "c"),
        (Wanted(type=ApplicantType.LEADER), ""),
    ],
)
def test_a_queue_has_its_order(wanted: Wanted, expected: str) -> None:
    found = queue(EVERY, wanted, ["2", "1"])
    assert "".join(one.key for one in found.waiting) == expected


@pytest.mark.parametrize(("key", "expected"), [("d", "bca"), ("c", "adb"), ("a", "dbc"), ("x", "dbca")])
def test_whoever_skips_comes_round_again(key: str, expected: str) -> None:
    found = queue(EVERY, Wanted(), [])
    assert "".join(one.key for one in found.after((key, "form"))) == expected
