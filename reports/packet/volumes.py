"""The papers of a packet, their order, and their volumes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from mochocho.words.model import Case
from processing.assessment.evaluate import PackOf
from reports.typesetting.parts import Part
from reports.view.arrange import Group, Unit
from reports.view.dossier import Dossier, Placeholder, dossier, placeholder
from reports.view.front import (
    Listing,
    Stretch,
    Volume,
    blocked,
    counts,
    cover,
    names,
    order_paper,
    volume_cover,
    with_names,
    with_reasons,
)
from reports.view.letters.agenda import TITLE, agenda
from reports.view.occasion import Occasion
from reports.view.pictures import Picture

MOST_UNITS = 300  # in one volume (docs/architecture.md)
BUNDLE = 2  # dossiers of one district that are typeset together (docs/architecture.md)


@dataclass(frozen=True, slots=True)
class Book:
    """One PDF file of the packet."""

    file: str
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Bundle:
    """Dossiers of one district, typeset together."""

    dossiers: tuple[Dossier | Placeholder, ...]


def books(
    groups: Sequence[Group],
    pack_of: PackOf,
    occasion: Occasion,
    emblem: Picture | None,
    most: int | None = None,
) -> tuple[Book, ...]:
    """The packet's files: `packet.pdf`, or `packet-1.pdf` … by district above `most` or MOST_UNITS units."""
    shares = _shares([group for group in groups if group.passed], most or MOST_UNITS)
    made = []
    for i, share in enumerate(shares, 1):
        volume = _volume(i, len(shares), share, occasion)
        front = (
            _front(groups, occasion, volume, emblem) if i == 1 else _later(share, occasion, volume, emblem)
        )
        title = f"เอกสารประกอบการประชุม {occasion.committee} {occasion.number} {volume.title}".strip()
        file = "packet.pdf" if len(shares) == 1 else f"packet-{i}.pdf"
        made.append(Book(file, title, (*front, *_dossiers(share, pack_of, occasion))))
    return tuple(made)


def _shares(groups: Sequence[Group], most: int) -> list[list[Group]]:
    """Whole districts in order, as many to a volume as it can hold; at least one volume.

    A district that is too large for one volume fills several, because the size of what is bound at once is
    limited.
    """
    shares: list[list[Group]] = [[]]
    for group in _fitting(groups, most):
        held = sum(len(g.passed) for g in shares[-1])
        if shares[-1] and held + len(group.passed) > most:
            shares.append([])
        shares[-1].append(group)
    return shares


def _fitting(groups: Sequence[Group], most: int) -> Iterator[Group]:
    for group in groups:
        for first in range(0, len(group.passed), most):
            yield replace(group, passed=group.passed[first : first + most])


def _volume(i: int, of: int, share: Sequence[Group], o: Occasion) -> Volume:
    title = f"เล่มที่ {o.words.text(i)} จาก {o.words.text(of)} เล่ม" if of > 1 else ""
    return Volume(title, tuple(group.title for group in share) if of > 1 else ())


def _front(groups: Sequence[Group], o: Occasion, volume: Volume, emblem: Picture | None) -> tuple[Part, ...]:
    annex, held = f"เอกสารแนบ {o.words.text(4)}", "ผู้ที่ยังไม่ผ่าน"
    return (
        Part("cover", "ปก", lambda _: cover(groups, o, volume, emblem)),
        Part("agenda", TITLE, lambda _: agenda(o, counts(groups))),
        Part("order", "ลำดับการนำเสนอ", lambda _: order_paper(groups, o)),
        *_listed("names", annex, names(groups, o), partial(with_names, occasion=o)),
        *_listed("blocked", held, blocked(groups, o), partial(with_reasons, occasion=o)),
    )


def _listed(
    paper: str, title: str, stretches: Sequence[Stretch], rows: Callable[[Stretch, Iterator[Case]], Listing]
) -> Iterator[Part]:
    for i, stretch in enumerate(stretches):
        yield Part(paper, title, partial(rows, stretch), tuple(stretch.keys), continues=i > 0)


def _later(share: Sequence[Group], o: Occasion, volume: Volume, emblem: Picture | None) -> tuple[Part, ...]:
    return (Part("cover", "ปก", lambda _: volume_cover(share, o, volume, emblem)),)


def _dossiers(groups: Sequence[Group], pack_of: PackOf, o: Occasion) -> Iterator[Part]:
    for group in groups:
        for first in range(0, len(group.passed), BUNDLE):
            units = group.passed[first : first + BUNDLE]
            keys = tuple(unit.entry.key for unit in units)
            yield Part("dossier", group.title, partial(_bundle, units, group, pack_of, o), keys, units)


def _bundle(
    units: Sequence[Unit], group: Group, pack_of: PackOf, o: Occasion, cases: Iterator[Case]
) -> Bundle:
    return Bundle(tuple(_dossier(unit.no, next(cases), group, pack_of, o) for unit in units))


def _dossier(no: int, case: Case, group: Group, pack_of: PackOf, o: Occasion) -> Dossier | Placeholder:
    return placeholder(no, case, group, o) if case.unmade else dossier(no, case, group, pack_of, o)
