"""Which of an applicant's sheets are by the same assessor. Pure.

Assessors are the same by their id on the committee's list. A typed name means the one person on the list with
that name, and two typed names are the same person if they differ only in spaces and titles (`people.key`). An
interest bars by name as well, since one person on the lists of two committees has two ids.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from mochocho.words import people
from mochocho.words.model import Finding, ScoreSheet
from processing.scoring.sheet_remarks import remark


class Assessors:
    """The assessors of an applicant's sheets; the sheets must be all that are known, of both rounds."""

    def __init__(self, sheets: Collection[ScoreSheet]) -> None:
        self._keys = {s.root_id: people.key(s.assessor) for s in sheets}
        listed: dict[str, set[str]] = {}
        for sheet in sheets:
            if sheet.assessor_id:
                listed.setdefault(self._keys[sheet.root_id], set()).add(sheet.assessor_id)
        self._listed: Mapping[str, set[str]] = listed
        self._sheets = sorted(sheets, key=lambda s: s.root_id)
        self._declared = [s for s in self._sheets if s.interest is not None]

    def id_of(self, sheet: ScoreSheet) -> str:
        """An id for the assessor of a sheet; a sheet without a name gets one that matches no other."""
        if sheet.assessor_id:
            return sheet.assessor_id
        key = self._keys[sheet.root_id]
        if not key:
            return f"\0{sheet.root_id}"
        listed = self._listed.get(key, set())
        return next(iter(listed)) if len(listed) == 1 else f"\0{key}"

    def declared(self, sheet: ScoreSheet) -> ScoreSheet | None:
        """The sheet in which this sheet's assessor declared an interest."""
        return next((d for d in self._declared if self._same_person(d, sheet)), None)

    def asked(self, sheets: Iterable[ScoreSheet]) -> Iterator[Finding]:
        """Findings about assessors of these sheets whose names are nearly those of others, once per pair."""
        seen: set[frozenset[str]] = set()
        for sheet in sorted(sheets, key=lambda s: s.root_id):
            for other in self._sheets:
                pair = frozenset((self.id_of(sheet), self.id_of(other)))
                if len(pair) == 2 and pair not in seen and self._may_be_one(sheet, other):
                    seen.add(pair)
                    yield _may_be_one_person(sheet, other)

    def _same_person(self, one: ScoreSheet, other: ScoreSheet) -> bool:
        key = self._keys[one.root_id]
        return self.id_of(one) == self.id_of(other) or (key != "" and key == self._keys[other.root_id])

    def _may_be_one(self, one: ScoreSheet, other: ScoreSheet) -> bool:
        """Whether two assessors with different ids may be the same person, where it matters.

        Two chosen from one list were told apart there; a person on the lists of two committees scores in two
        rounds.
        """
        declared = {one.interest is not None, other.interest is not None}
        if one.round is not other.round and len(declared) == 1:
            return False
        keys = self._keys[one.root_id], self._keys[other.root_id]
        if keys[0] == keys[1]:
            return keys[0] != "" and declared == {False}
        return not (one.assessor_id and other.assessor_id) and people.alike(*keys)


def _may_be_one_person(sheet: ScoreSheet, other: ScoreSheet) -> Finding:
    interest = next((s for s in (sheet, other) if s.interest is not None), None)
    because = {"interested": interest.assessor} if interest else {}
    return remark("sheet.alike_assessors", sheet, other=other.assessor, **because)
