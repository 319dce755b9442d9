"""The calendar of the rounds as a home's settings have it."""

from mochocho.storage.home import Home
from processing.rounds.calendar import Calendar, Stage, Term


def of(home: Home) -> Calendar:
    """The stages that have a day, in their order."""
    terms = {stage: getattr(home.settings.calendar, stage.value) for stage in Stage}
    return {stage: Term(term.first, term.due) for stage, term in terms.items() if term is not None}
