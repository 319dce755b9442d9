"""Makes a finding: a code of the catalogue, its subject, and the values of its sentences. Pure."""

from dataclasses import replace
from datetime import date, datetime

from mochocho.words.model import DoubtedDay, Finding, ReadFrom, Round, Severity, Value
from processing.findings.catalogue import CATALOGUE
from processing.findings.entry import ROUND
from processing.findings.value_words import ROUNDS

NOWHERE = ReadFrom()


def finding(
    code: str,
    subject: str,
    read_from: ReadFrom = NOWHERE,
    severity: Severity | None = None,
    /,
    **values: Value,
) -> Finding:
    """A finding. `severity`: that of the document, where the catalogue leaves it to the document.

    Raises LookupError for a code that is not in the catalogue and for values that fit none of its wordings,
    TypeError where no severity is given.
    """
    grave = CATALOGUE[code].wording(frozenset(values)).severity or severity
    if grave is None:
        raise TypeError(f"{code}: how grave it is follows from the document")
    return Finding(code, subject, grave, tuple(sorted(values.items())), read_from)


def of_round(found: Finding, round_: Round) -> Finding:
    """The finding about the marks of one round, where a sentence names the round."""
    if round_ not in ROUNDS:
        return found
    return replace(found, values=tuple(sorted({**dict(found.values), ROUND: round_.value}.items())))


def doubted(day: DoubtedDay) -> dict[str, Value]:
    """The values of a finding about a day that is not believed."""
    return {"what": day.what, "written": day.written, "doubt": day.doubt.value}


def two_days(
    kept: date | None,
    passed_over: date | None,
    received: datetime | None = None,
    received_other: datetime | None = None,
) -> tuple[str, ...]:
    """The days of the form that counts and of the one that does not, as values; of one day also why that
    one counts: a server `received` it last, or only its `id` is greater.
    """
    both = (kept.isoformat() if kept else "", passed_over.isoformat() if passed_over else "")
    if kept != passed_over:
        return both
    return *both, "received" if received and received != received_other else "id"
