"""Where an applicant's sheet cannot be made, a placeholder says why; all other sheets are made."""

import logging
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import islice

from mochocho.words.model import Case, Unmade
from processing.assessment.cases import Casebook
from processing.assessment.stand_in import OF_THE_HOME
from reports.typesetting.parts import Part
from reports.typesetting.printing import Printer
from reports.typesetting.typesetter import Sheet

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Guard:
    """Makes sheets with `printer`; `unmade`: the cases found so far for which no papers can be made."""

    printer: Printer
    casebook: Casebook
    unmade: dict[str, Case] = field(default_factory=dict)

    def looked_at(self, case: Case) -> Case:
        """The case, noted if it is unmade already."""
        if case.unmade:
            self.unmade[case.application.key] = case
        return case

    def sheet(self, part: Part, cases: Iterator[Case]) -> Sheet:
        """`part`, which takes its cases from `cases`. Raises faults that are not one applicant's."""
        own = map(self._as_known, islice(cases, len(part.keys)))
        try:
            return self.printer.sheet(part, own)
        except OF_THE_HOME:
            raise
        except Exception as error:
            if not part.keys:
                raise
            # Only the kind of fault: its text may quote what an applicant wrote.
            log.error("%s cannot be made (%s); looking for the applicant", part.paper, type(error).__name__)
            for _ in own:  # the next part begins after these
                pass
        again = [self._as_known(case) for case in self.casebook.of(part.keys)]
        found = self._unprintable(part, again, frozenset(part.keys))
        marked = _marked(again, found)
        sheet = self.printer.sheet(part, iter(marked))
        self.unmade |= {case.application.key: case for case in marked if case.application.key in found}
        return sheet

    def _as_known(self, case: Case) -> Case:
        """The case, marked unmade if an earlier paper could not be made of it."""
        return self.unmade.get(case.application.key, case)

    def _unprintable(self, part: Part, cases: Sequence[Case], asked: AbstractSet[str]) -> frozenset[str]:
        """The keys in `asked` at which making this part fails."""
        rest = frozenset(part.keys) - asked
        if self._is_printable(part, _marked(cases, rest)):
            return frozenset()
        if len(asked) == 1:
            return frozenset(asked)
        ordered = sorted(asked)
        half = len(ordered) // 2
        halves = (frozenset(ordered[:half]), frozenset(ordered[half:]))
        return frozenset().union(*(self._unprintable(part, cases, some) for some in halves))

    def _is_printable(self, part: Part, cases: Sequence[Case]) -> bool:
        try:
            self.printer.sheet(part, iter(cases))
        except OF_THE_HOME:
            raise
        except Exception:
            return False
        return True


def _marked(cases: Sequence[Case], unprintable: AbstractSet[str]) -> list[Case]:
    return [
        replace(case, unmade=case.unmade or Unmade.PRINTING) if case.application.key in unprintable else case
        for case in cases
    ]
