"""Making a finding: a code of the catalogue, what it is about, and the values that its words need. Pure."""

from dataclasses import replace
from datetime import date

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
    """A finding. `severity`: that of the document it is about, where the catalogue leaves it to that.

    Raises LookupError for a code that is not in the catalogue and for values that none of its wordings is
    made of, TypeError where nobody says how grave it is.
    """
    grave = CATALOGUE[code].wording(frozenset(values)).severity or severity
    if grave is None:
        raise TypeError(f"{code}: how grave it is follows from the document")
    return Finding(code, subject, grave, tuple(sorted(values.items())), read_from)


def of_round(found: Finding, round_: Round) -> Finding:
    """The same of the marks of one round, where a sentence names the round."""
    if round_ not in ROUNDS:
        return found
    return replace(found, values=tuple(sorted({**dict(found.values), ROUND: round_.value}.items())))


def doubted(day: DoubtedDay) -> dict[str, Value]:
    """The values of what is said of a day that is not believed."""
    return {"what": day.what, "written": day.written, "doubt": day.doubt.value}


def two_days(kept: date | None, passed_over: date | None) -> tuple[str, str]:
    """The days of a form that counts and of one that does not, as values."""
    return kept.isoformat() if kept else "", passed_over.isoformat() if passed_over else ""
