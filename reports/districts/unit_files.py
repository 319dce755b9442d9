"""What the files of units are called: by the unit, so that a person finds them. Pure."""

from collections.abc import Iterable

from mochocho.storage.file_names import distinct, in_joliet
from mochocho.words.thai import cover_national_ids, normalise
from reports.view.applicant_names import NO_NAME

_SUFFIX = ".pdf"


def stems(units: Iterable[tuple[str, str]]) -> dict[str, str]:
    """By key, what the files of each unit (key, name) are called without their ending, on a CD too.

    Of two that would be alike the second by key gets a number; a national ID typed into a name is covered.
    """
    ordered = sorted(units)
    wanted = (f"{cover_national_ids(normalise(name)) or NO_NAME}{_SUFFIX}" for _, name in ordered)
    made = distinct(wanted, in_joliet)
    return {key: one.removesuffix(_SUFFIX) for (key, _), one in zip(ordered, made, strict=True)}
