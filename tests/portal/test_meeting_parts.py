"""The forms of a meeting hold all of it: what they show and is sent back unchanged is the same meeting."""

from hypothesis import HealthCheck, given, settings

from mochocho.app.portal.pages.meetings.meeting_parts import PARTS
from mochocho.app.portal.pages.meetings.typed_part import Shown, shown, typed
from processing.meetings.files.typed_meeting import read, written
from processing.meetings.meeting import Meeting
from tests.drawn_meetings import DISTRICTS, meetings


def sent(form: Shown) -> dict[str, str]:
    """What a browser sends of a form."""
    fields = dict(form.values)
    for listing in form.listings:
        fields[f"{listing.part}-rows"] = str(len(listing.rows))
        fields |= {one.id: one.value for row in listing.rows for one in row}
        fields |= {f"{listing.part}-{number}-place": str(number + 1) for number in range(listing.filled)}
    return {name: value.replace("\n", "\r\n") for name, value in fields.items()}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(meetings())
def test_what_a_form_shows_is_read_back_the_same(meeting: Meeting) -> None:
    stands = written(meeting, DISTRICTS)
    for part in PARTS:
        again = typed(part, sent(shown(part, stands)), stands)
        assert (read(again, DISTRICTS), again.mistakes) == (meeting, []), part.key


def test_no_field_stands_in_two_parts() -> None:
    every = [one.path for part in PARTS for one in part.fields]
    every += [one.path for part in PARTS for one in part.tables]
    assert len(every) == len(set(every))
