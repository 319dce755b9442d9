"""Every check of a meeting before its papers are signed. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from reports.lint.checks import (
    annexes,
    completeness,
    composition,
    contacts,
    dates,
    doubled_words,
    hours,
    numbers_of_years,
    province_codes,
    said_otherwise,
    time_table,
    totals,
    units,
)
from reports.lint.checks.day import (
    days_of_events,
    days_off,
    due_days,
    hour_signs,
    lengths_of_pauses,
    named_hours,
    parts_of_day,
    presented_when,
    said_days,
    spoken_days,
)
from reports.lint.checks.figures import (
    applied_and_passed,
    averages,
    beyond_full,
    counted_twice,
    district_counts,
    item_numbers,
    ranges,
    reckoned,
    said_sums,
    target_types,
)
from reports.lint.checks.letters import (
    closing_words,
    enclosed,
    named_laws,
    number_shapes,
    other_offices,
    own_addresses,
    referred_letters,
    replies_said,
    signature_blocks,
    typed_labels,
)
from reports.lint.checks.minutes import (
    agenda_items,
    attended,
    begun_and_ended,
    dissenters,
    next_meeting,
    previous_meeting,
    roles_said,
    said_in_minutes,
    units_resolved,
    votes,
)
from reports.lint.checks.names import (
    coordinators,
    heads_and_offices,
    names_of_units,
    other_committees,
    private_numbers,
    spelt_units,
    typed_addresses,
    untitled_names,
    written_titles,
)
from reports.lint.checks.places import (
    districts_of_others,
    letter_numbers,
    other_places,
    places_of_others,
    units_in_texts,
)
from reports.lint.checks.spelling import (
    field_words,
    left_in,
    open_brackets,
    spaced_signs,
    typed_digits,
    wrong_keyboard,
    wrong_letters,
)
from reports.lint.examined import Examined
from reports.lint.lint_entry import Entry, Found, Grave

_CHECKS: Sequence[tuple[Callable[[Examined], Iterator[Found]], Sequence[Entry]]] = (
    (hours.check, hours.ENTRIES),
    (named_hours.check, named_hours.ENTRIES),
    (hour_signs.check, hour_signs.ENTRIES),
    (lengths_of_pauses.check, lengths_of_pauses.ENTRIES),
    (parts_of_day.check, parts_of_day.ENTRIES),
    (dates.check, dates.ENTRIES),
    (days_off.check, days_off.ENTRIES),
    (said_days.check, said_days.ENTRIES),
    (due_days.check, due_days.ENTRIES),
    (days_of_events.check, days_of_events.ENTRIES),
    (spoken_days.check, spoken_days.ENTRIES),
    (numbers_of_years.check, numbers_of_years.ENTRIES),
    (said_otherwise.check, said_otherwise.ENTRIES),
    (other_committees.check, other_committees.ENTRIES),
    (time_table.check, time_table.ENTRIES),
    (presented_when.check, presented_when.ENTRIES),
    (contacts.check, contacts.ENTRIES),
    (coordinators.check, coordinators.ENTRIES),
    (heads_and_offices.check, heads_and_offices.ENTRIES),
    (untitled_names.check, untitled_names.ENTRIES),
    (written_titles.check, written_titles.ENTRIES),
    (private_numbers.check, private_numbers.ENTRIES),
    (typed_addresses.check, typed_addresses.ENTRIES),
    (province_codes.check, province_codes.ENTRIES),
    (letter_numbers.check, letter_numbers.ENTRIES),
    (other_places.check, other_places.ENTRIES),
    (places_of_others.check, places_of_others.ENTRIES),
    (districts_of_others.check, districts_of_others.ENTRIES),
    (other_offices.check, other_offices.ENTRIES),
    (own_addresses.check, own_addresses.ENTRIES),
    (number_shapes.check, number_shapes.ENTRIES),
    (enclosed.check, enclosed.ENTRIES),
    (referred_letters.check, referred_letters.ENTRIES),
    (named_laws.check, named_laws.ENTRIES),
    (closing_words.check, closing_words.ENTRIES),
    (replies_said.check, replies_said.ENTRIES),
    (typed_labels.check, typed_labels.ENTRIES),
    (signature_blocks.check, signature_blocks.ENTRIES),
    (doubled_words.check, doubled_words.ENTRIES),
    (field_words.check, field_words.ENTRIES),
    (wrong_letters.check, ()),
    (wrong_keyboard.check, wrong_keyboard.ENTRIES),
    (spaced_signs.check, spaced_signs.ENTRIES),
    (typed_digits.check, typed_digits.ENTRIES),
    (open_brackets.check, open_brackets.ENTRIES),
    (left_in.check, left_in.ENTRIES),
    (totals.check, totals.ENTRIES),
    (said_sums.check, said_sums.ENTRIES),
    (reckoned.check, reckoned.ENTRIES),
    (ranges.check, ranges.ENTRIES),
    (averages.check, averages.ENTRIES),
    (item_numbers.check, ()),
    (beyond_full.check, beyond_full.ENTRIES),
    (applied_and_passed.check, applied_and_passed.ENTRIES),
    (counted_twice.check, counted_twice.ENTRIES),
    (target_types.check, target_types.ENTRIES),
    (district_counts.check, district_counts.ENTRIES),
    (annexes.check, annexes.ENTRIES),
    (composition.check, composition.ENTRIES),
    (begun_and_ended.check, begun_and_ended.ENTRIES),
    (attended.check, attended.ENTRIES),
    (said_in_minutes.check, said_in_minutes.ENTRIES),
    (votes.check, votes.ENTRIES),
    (units_resolved.check, units_resolved.ENTRIES),
    (dissenters.check, dissenters.ENTRIES),
    (roles_said.check, roles_said.ENTRIES),
    (next_meeting.check, next_meeting.ENTRIES),
    (previous_meeting.check, previous_meeting.ENTRIES),
    (agenda_items.check, agenda_items.ENTRIES),
    (units.check, units.ENTRIES),
    (names_of_units.check, names_of_units.ENTRIES),
    (spelt_units.check, spelt_units.ENTRIES),
    (units_in_texts.check, units_in_texts.ENTRIES),
    (completeness.check, completeness.ENTRIES),
)
CATALOGUE: Mapping[str, Entry] = {entry.code: entry for _, entries in _CHECKS for entry in entries}


def lint(looked: Examined) -> tuple[Found, ...]:
    """What is wrong, errors first, each once: what a paper repeats is told where it was typed."""
    found: dict[object, Found] = {}
    for check, _ in _CHECKS:
        for one in check(looked):
            found.setdefault((one.code, one.values), one)
    each = [one for one in found.values() if not _told_by_another(one, found.values())]
    return tuple(sorted(each, key=lambda one: one.entry.grave is not Grave.ERROR))


def _told_by_another(one: Found, every: Iterable[Found]) -> bool:
    """Whether a word that is spelt wrongly is shown by what is told of a name that it is a part of."""
    if one.entry is not field_words.MISSPELT:
        return False
    slip = str(dict(one.values)["written"])
    return any(
        other is not one
        and other.place.field == one.place.field
        and slip in str(dict(other.values).get("written"))
        for other in every
    )
