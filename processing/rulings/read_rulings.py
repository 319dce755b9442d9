"""What the office types as a decision, also where that needs what the home knows."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from sqlalchemy.orm import Session

from mochocho.excel.cells import Cell
from mochocho.excel.typed import Wrong, whole_of
from mochocho.storage.home import Home
from mochocho.words.model import Round
from processing.assessment import close_sheets
from processing.decisions import recorded
from processing.decisions.decision import Decision, Kind
from processing.decisions.office.typed_rulings import (
    CLOSE_ONSITE,
    KINDS,
    NOT_SAME,
    REGISTER,
    UNDOING,
    Typed,
    decision_of,
)
from processing.likeness import open_questions
from processing.register import matching, register_numbers


class Reading:
    """One file, command or page of rulings: all that is typed at once, read in one transaction."""

    def __init__(self, home: Home, session: Session, typed: Iterable[Typed]) -> None:
        self._home, self._session = home, session
        self._typed = tuple(typed)

    def decision(self, typed: Typed) -> Decision:
        """The decision. Raises Wrong for a value that cannot be read, BadInput for what nobody asks."""
        match KINDS[typed.word]:
            case Kind.DISTINCT if typed.word == NOT_SAME:
                other = typed.value.text
                return open_questions.distinction(self._session, typed.key, other, typed.reason, typed.by)
            case Kind.DISTINCT | Kind.CONTINUES as kind:
                same, then = kind is Kind.CONTINUES, typed.value.text
                return open_questions.of_former(typed.key, then, typed.reason, typed.by, same=same)
            case Kind.SHEETS_CLOSE:
                round_ = Round.ONSITE if typed.word == CLOSE_ONSITE else Round.PROVINCIAL
                return close_sheets.closing(self._session, typed.key, round_, typed.reason, typed.by)
            case Kind.MATCH:
                form = (typed.about, typed.key, typed.by, typed.reason)
                return matching.matched(self._home, self._session, *form)
            case Kind.REGISTER:
                number = whole_of(typed.value)
                return register_numbers.numbering(typed.key, number, self._given, self._turns, typed.by)
        return decision_of(typed, self._earlier)

    @cached_property
    def _earlier(self) -> dict[int, Decision]:
        values = (one.value for one in self._typed if one.word in UNDOING)
        return recorded.numbered(self._session, set(_numbers(values)))

    @cached_property
    def _given(self) -> frozenset[int]:
        """The numbers of the register that are typed."""
        return frozenset(_numbers(one.value for one in self._typed if one.word == REGISTER))

    @cached_property
    def _turns(self) -> Mapping[int, str]:
        return register_numbers.turns(self._session)


def _numbers(values: Iterable[Cell]) -> Iterable[int]:
    for value in values:
        try:
            yield whole_of(value)
        except Wrong:  # told when the decision is read
            continue
