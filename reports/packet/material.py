"""The folder of what binding needs once the sheets are typeset; read and written a line at a time."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mochocho.storage.files import Store, atomic_file, private_dir
from mochocho.words.model import Case, FileRef
from reports.typesetting.cache import name_of
from reports.typesetting.parts import Part
from reports.typesetting.sorting import Sorter, line, lines

CHAPTERS = "chapters"
INSTANCES, ATTACHMENTS, ASSESSMENTS, KEPT = "instances", "attachments", "assessments", "kept"
ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part of the packet. `units`: (dossier number, title) of its dossiers."""

    title: str
    units: tuple[tuple[int, str], ...]
    continues: bool


class Material:
    """The completed folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def headings(self) -> Iterator[Heading]:
        """The headings of every part of the packet, in order."""
        for title, units, continues in lines(self._folder / CHAPTERS):
            yield Heading(title, tuple((no, name) for no, name in units), continues)

    def instances(self) -> Iterator[list[str]]:
        """(instance id, sha256 of its XML), in order."""
        return lines(self._folder / INSTANCES)

    def attachments(self) -> Iterator[str]:
        """sha256, in order."""
        return lines(self._folder / ATTACHMENTS)

    def is_as_gathered(self, store: Store) -> bool:
        """Whether the store has the same attachments as before anything was laid out."""
        try:
            now = [sha256 for sha256 in self.attachments() if not store.has(sha256)]
            return now == list(lines(self._folder / ABSENT))
        except FileNotFoundError:
            return False

    def assessments(self) -> Iterator[list[str]]:
        """(applicant key, digest), in order."""
        return lines(self._folder / ASSESSMENTS)

    def kept(self) -> Iterator[str]:
        """The names in the cache that the packet needs, in order."""
        return lines(self._folder / KEPT)


class Gatherer:
    """Writes the folder."""

    def __init__(self, folder: Path, store: Store) -> None:
        self._folder, self._store = private_dir(folder), store
        self._instances, self._attachments = Sorter(folder / INSTANCES), Sorter(folder / ATTACHMENTS)
        self._assessments, self._kept = Sorter(folder / ASSESSMENTS), Sorter(folder / KEPT)
        self._absent = Sorter(folder / ABSENT)

    def case(self, case: Case) -> None:
        """Note an applicant of the packet, passed or not."""
        for source in case.sources:
            self._instances.add(source)
        for ref in _files(case):
            if ref.sha256:
                self._attachments.add(ref.sha256)
                if not self._store.has(ref.sha256):
                    self._absent.add(ref.sha256)
        self._assessments.add((case.application.key, case.assessment.digest))

    def needs(self, keys: Iterable[str]) -> None:
        """Note what the packet needs of the cache."""
        for key in keys:
            self._kept.add(name_of(key))

    def finish(self, parts: Iterable[Part], text: Callable[[str | int], str]) -> None:
        """Write the rest, and the headings of all parts; `text`: as the copy prints a number or a name."""
        for sorter in (self._instances, self._attachments, self._absent, self._assessments, self._kept):
            sorter.write()
        with atomic_file(self._folder / CHAPTERS) as file:
            for part in parts:
                units = [(u.dossier, f"{text(u.dossier)} {text(u.entry.name)}") for u in part.units]
                file.write(line((part.title, units, part.continues)))


def _files(case: Case) -> Iterator[FileRef]:
    application = case.application
    for answer in application.documents.values():
        yield from answer.pages
    for verdict in case.assessment.verdicts:
        yield from verdict.pages
    if application.portrait:
        yield application.portrait
    yield from (ref for _, ref in case.evidence)
