"""Turns parts into sheets, which `presses` typeset: these need not know how a line is broken."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from mochocho.storage.files import Store
from mochocho.words.model import Case
from reports.typesetting.kept_texts import KeptTexts
from reports.typesetting.line_breaks import Breaker
from reports.typesetting.parts import Part
from reports.typesetting.typesetter import Sheet, Typesetter, canonical, sheet_key
from reports.view.applicant_names import named_in
from reports.view.pictures import Code, Picture, shown

if TYPE_CHECKING:
    from mochocho.words.places import Province


def runs(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """Each part with the parts that continue it."""
    some: list[Part] = []
    for part in parts:
        if some and not part.continues:
            yield some
            some = []
        some.append(part)
    if some:
        yield some


class Printer:
    """Turns parts into sheets for `typesetter`; `kept_whole`: names that are never broken across lines.

    `covered`: a view as the copy that is made prints it; None = as it is. `texts`: of papers without
    dossiers, as they were broken into lines before; None = all are broken anew.
    """

    def __init__(
        self,
        typesetter: Typesetter,
        kept_whole: Iterable[str],
        covered: Callable[[Any], Any] | None = None,
        texts: KeptTexts | None = None,
    ) -> None:
        self._breaker = Breaker(kept_whole)
        self._covered = covered
        self._texts = texts
        self._store = Store(typesetter.store)
        self._made_with = typesetter.made_with

    def sheet(self, part: Part, cases: Iterator[Case]) -> Sheet:
        """The sheet of `part`, with its key; it takes its cases from `cases`."""
        names: list[str] = []
        view = part.view(_noting(cases, names))
        if self._covered:
            view = self._covered(view)
        data = self._data(part, view, names)
        named = dict.fromkeys(shown(view))
        pictures = [p for p in named if isinstance(p, Picture)]
        present = tuple(p for p in pictures if p.sha256 and self._store.has(p.sha256))
        absent = tuple(p for p in pictures if p not in present)
        key = sheet_key(self._made_with, part.paper, data, absent)
        return Sheet(key, part.paper, data, present, absent, tuple(c for c in named if isinstance(c, Code)))

    def _data(self, part: Part, view: Any, names: list[str]) -> bytes:
        def boxed() -> bytes:
            return canonical(self._breaker.boxed(view, names))

        # The layout of a dossier is kept as a whole (`kept_layouts`).
        return boxed() if self._texts is None or part.units else self._texts.of(view, names, boxed)


def _noting(cases: Iterator[Case], names: list[str]) -> Iterator[Case]:
    """The cases, as `names` grows by the people and places they name."""
    for case in cases:
        names.extend(named_in(case))
        yield case


def whole_names(province: "Province") -> Iterator[str]:
    """Names of places, with the words in front of them, that are never broken across lines."""
    yield from (province.name_th, f"จังหวัด{province.name_th}")
    for district in province.districts:
        yield from (district.name_th, f"อำเภอ{district.name_th}")
        yield from (f"{word}{one.name_th}" for one in district.subdistricts for word in ("ตำบล", "ต."))
