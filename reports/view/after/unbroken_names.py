"""People's names in papers after a meeting, by the parts that no line's end may break. Pure."""

from collections.abc import Iterator, Sequence

from mochocho.words.model import ApplicantType
from reports.view.after.resolved_units import ResolvedUnit
from reports.view.letters.convened import Convened


def unbroken_names(c: Convened, units: Sequence[ResolvedUnit]) -> Iterator[str]:
    """As they are printed: members, substitutes, leaders, signatory and contact."""
    m, words = c.meeting, c.occasion.words
    people = [who.name for one in m.members for who in (one.person, one.substitute) if who]
    people += [one.substitute.name for one in (m.held.attendance if m.held else ()) if one.substitute]
    people += [unit.name for unit in units if unit.type is ApplicantType.LEADER]
    for name in (*people, m.signatory.name, m.contact.name):
        yield from words.text(name).split(" ")
