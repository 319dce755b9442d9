"""The committee that assesses an applicant, as the settings name it (rules.md 24). Pure.

Without names in the settings nothing is known of a committee, and nothing is found about it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from mochocho.words import people
from mochocho.words.model import Round, ScoreSheet


class Role(StrEnum):
    """What a member is: rule 24 names one chair, one secretary, and their assistants."""

    CHAIR = "chair"
    MEMBER = "member"
    SECRETARY = "secretary"
    ASSISTANT = "assistant_secretary"


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the committee of a round; `districts`: codes, none = every district."""

    name: str
    round: Round
    role: Role = Role.MEMBER
    districts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Committee:
    """The members who assess in one round and district, by the key of their names."""

    members: Mapping[str, Member]

    @classmethod
    def of(cls, members: Iterable[Member], round_: Round, district: str) -> "Committee":
        here = (m for m in members if m.round is round_ and (not m.districts or district in m.districts))
        return cls({people.key(member.name): member for member in here})

    @property
    def known(self) -> bool:
        return bool(self.members)

    def has(self, sheet: ScoreSheet) -> bool:
        return people.key(sheet.assessor) in self.members

    def chaired_by(self, sheet: ScoreSheet) -> bool:
        member = self.members.get(people.key(sheet.assessor))
        return member is not None and member.role is Role.CHAIR

    def awaited(self, sheets: Iterable[ScoreSheet]) -> tuple[str, ...]:
        """The names of those of whom no sheet and no declaration of an interest has come."""
        came = {people.key(sheet.assessor) for sheet in sheets}
        return tuple(member.name for key, member in self.members.items() if key not in came)


UNKNOWN = Committee({})
