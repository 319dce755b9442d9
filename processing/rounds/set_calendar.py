"""The calendar of the rounds as a home's settings have it.

A district's own day stands in the settings beside the calendar that it changes, not in the chain of
decisions: those are about applicants. A change keeps the file as it was beside it, and every assessment is
due again.
"""

from mochocho.storage.home import Home
from processing.rounds.calendar import Calendar, Extension, Stage, Term


def of(home: Home) -> Calendar:
    """The stages that have a day in the whole province, in their order."""
    terms = {stage: getattr(home.settings.calendar, stage.value) for stage in Stage}
    return {stage: Term(term.first, term.due) for stage, term in terms.items() if term is not None}


def extensions_of(home: Home) -> tuple[Extension, ...]:
    """The districts' own days, in the order of the settings; a district that is not there is nobody's."""
    return tuple(
        Extension(home.province.code_of(one.district), Stage(one.stage), one.due, one.reason, one.by)
        for one in home.settings.calendar.extensions
    )
