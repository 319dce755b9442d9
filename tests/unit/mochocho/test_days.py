"""Which days are believed, and the reasons for not believing the others."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.words import days, thai
from mochocho.words.model import Doubt

CYCLE = days.of_cycle(2568)
UNREADABLE, THAI_DIGITS, BUDDHIST = Doubt.UNREADABLE, Doubt.THAI_DIGITS, Doubt.BUDDHIST
FUTURE, PAST = Doubt.FUTURE, Doubt.PAST
NOON = datetime(2025, 5, 1, 5, tzinfo=UTC)
believed = st.dates(CYCLE.first, CYCLE.last)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("", None),
        ("2025-04-20", date(2025, 4, 20)),
        ("2025-04-20T09:30:00.000+07:00", date(2025, 4, 20)),
        ("2025-04-20+07:00", date(2025, 4, 20)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2023-01-01", date(2023, 1, 1)),
        ("2568-04-20", BUDDHIST),
        ("2567-02-29", BUDDHIST),  # 2024 had this day, 2567 of our era has it not
        ("๒๕๖๘-๐๔-๒๐", BUDDHIST),
        ("2568-04-20T09:30:00.000+07:00", BUDDHIST),
        ("๒๐๒๕-๐๔-๒๐", THAI_DIGITS),
        ("2568-02-29", UNREADABLE),  # neither year has it that was meant
        ("2025-02-31", UNREADABLE),
        ("2025-02-29", UNREADABLE),
        ("2568-02-31", UNREADABLE),
        ("2025-13-01", UNREADABLE),
        ("20/04/2568", UNREADABLE),
        ("20 เม.ย. 2568", UNREADABLE),
        ("2025-W16-7", UNREADABLE),
        ("20250420", UNREADABLE),
        ("0000-00-00", UNREADABLE),
        ("NaN", UNREADABLE),
        ("2031-04-20", FUTURE),
        ("2026-01-01", FUTURE),
        ("2099-12-31", FUTURE),
        ("1482-04-20", PAST),  # 543 taken away twice
        ("1970-01-01", PAST),
        ("2022-12-31", PAST),
        ("0068-04-20", PAST),
    ],
)
def test_what_a_form_says_of_a_day(written: str, found: date | Doubt | None) -> None:
    assert days.read(written, CYCLE) == found


@given(believed)
def test_every_day_of_the_cycle_is_believed_and_none_of_its_buddhist_years(day: date) -> None:
    assert days.read(day.isoformat(), CYCLE) == day
    assert days.read(f"{day.year + 543}-{day.month:02}-{day.day:02}", CYCLE) is BUDDHIST
    assert days.read(f"{day.year - 543}-{day.month:02}-{day.day:02}", CYCLE) in {PAST, UNREADABLE}
    assert days.read(thai.digits(day.isoformat()), CYCLE) is THAI_DIGITS


@given(st.text(max_size=30) | st.from_regex(r"[0-9๐-๙]{4}-[0-9๐-๙]{2}-[0-9๐-๙]{2}", fullmatch=True))
def test_whatever_is_written_is_a_day_of_the_cycle_or_said_to_be_none(written: str) -> None:
    found = days.read(written, CYCLE)
    assert (found is None) == (written == "")
    if isinstance(found, date):
        assert CYCLE.first <= found <= CYCLE.last


@pytest.mark.parametrize(
    ("day", "received", "doubt"),
    [
        ("2025-05-01", NOON, None),
        ("2025-05-02", NOON, None),  # a zone or a clock may be a day ahead
        ("2025-05-03", NOON, FUTURE),
        ("2025-09-01", NOON, FUTURE),
        ("2025-09-01", None, None),
        ("2025-09-01", NOON.replace(year=2009), None),  # a server without a battery knows nothing
        ("2026-04-20", NOON.replace(year=2027), FUTURE),
    ],
)
def test_no_day_is_later_than_a_server_had_the_form(
    day: str, received: datetime | None, doubt: Doubt | None
) -> None:
    found = days.read(day, CYCLE.until(received))
    assert (found if isinstance(found, Doubt) else None) == doubt


def test_what_is_to_be_done_may_be_due_in_the_year_after() -> None:
    assert days.read("2026-09-30", CYCLE.for_due) == date(2026, 9, 30)
    assert days.read("2027-09-30", CYCLE.for_due) is FUTURE
    assert days.read("2569-09-30", CYCLE.for_due) is BUDDHIST


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("phone", "server", "wanted"),
    [
        (NOON, NOON + HOUR, NOON),
        (NOON + HOUR, NOON, NOON),  # nobody finished it after the server had it
        (NOON.replace(year=2568), NOON, NOON),
        (NOON.replace(year=2031), NOON, NOON),
        (NOON.replace(year=1970), NOON, NOON),
        (NOON.replace(year=2031), None, None),
        (NOON.replace(year=2568), None, None),
        (None, NOON, NOON),
        (NOON, None, NOON),
        (NOON, NOON.replace(year=2009), NOON),
        (NOON.replace(year=2026), NOON.replace(year=2026), NOON.replace(year=2026)),  # late, and both say so
    ],
)
def test_when_a_phone_finished_a_form(
    phone: datetime | None, server: datetime | None, wanted: datetime | None
) -> None:
    assert days.finished(phone, server, CYCLE) == wanted


@given(
    st.tuples(st.none() | believed, st.none() | st.just(NOON), st.sampled_from("ab")),
    st.tuples(st.none() | believed, st.none() | st.just(NOON), st.sampled_from("ab")),
)
def test_a_day_that_is_believed_comes_after_none(
    one: tuple[date | None, datetime | None, str], other: tuple[date | None, datetime | None, str]
) -> None:
    if one[0] and not other[0]:
        assert days.recency(*one) > days.recency(*other)
    if one[0] and other[0] and one[0] != other[0]:
        assert (days.recency(*one) > days.recency(*other)) == (one[0] > other[0])


class TestSettings:
    @pytest.mark.parametrize("day", [date(2025, 5, 1), date(2024, 2, 29)])
    def test_a_common_year_is_what_is_meant(self, day: date) -> None:
        assert days.as_set(day) == day

    @pytest.mark.parametrize(
        ("day", "said"),
        [(date(2568, 5, 1), "2025-05-01"), (date(2567, 12, 31), "2024-12-31"), (date(2568, 2, 29), "2568")],
    )
    def test_a_buddhist_one_is_refused_with_what_to_write(self, day: date, said: str) -> None:
        with pytest.raises(ValueError, match=f"a year BE.*{said}"):
            days.as_set(day)

    @pytest.mark.parametrize(
        ("day", "far"),
        [
            (date(2025, 5, 1), False),
            (date(2024, 10, 1), False),
            (date(2026, 1, 15), False),
            (date(2027, 5, 1), True),
            (date(2568, 5, 1), True),
            (date(1482, 5, 1), True),
        ],
    )
    def test_a_committee_meets_about_its_own_year(self, day: date, far: bool) -> None:
        assert bool(days.far_from_cycle(day, 2568)) == far


def test_no_paper_prints_a_buddhist_year_with_543_more() -> None:
    recorded = date(2568, 4, 20)  # by a version that took it as it was typed
    assert thai.date_short(recorded) == "๒๐ เม.ย. ๒๕๖๘"
    assert thai.date_words(recorded).endswith("๒๕๖๘")
