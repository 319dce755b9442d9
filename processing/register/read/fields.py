"""The answers of an instance by the local names of their questions."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from lxml import etree

from mochocho.words import thai
from mochocho.words.days import THAILAND
from mochocho.words.model import FileRef


class Fields:
    """The leaves of an instance by local name, in document order."""

    def __init__(self, root: etree._Element, files: Mapping[str, str | None]) -> None:
        self._root = root
        self._values: dict[str, list[str]] = defaultdict(list)
        self._files = files
        for element in root.iter(etree.Element):
            if len(element) == 0:
                self._values[etree.QName(element).localname].append((element.text or "").strip())

    def names(self) -> Iterator[str]:
        return iter(self._values)

    def asks(self, name: str) -> bool:
        """Whether the instance has this question, answered or not;
        questions that are not relevant are left out.
        """
        return name in self._values

    def text(self, name: str) -> str:
        """The first value, as written; '' when the field is empty or missing."""
        return next((value for value in self._values.get(name, ()) if value), "")

    def words(self, name: str) -> str:
        """A person's text, normalised to one line."""
        return thai.normalise(self.text(name))

    def paragraphs(self, name: str) -> str:
        """A person's text, each line normalised; line breaks stay."""
        return "\n".join(thai.normalise(line) for line in self.text(name).splitlines())

    def yes(self, name: str) -> bool | None:
        """`yes` or `no`; None for anything else and for no answer."""
        return {"yes": True, "no": False}.get(self.text(name))

    def files(self, name: str) -> tuple[FileRef, ...]:
        """The files of a question, one per row of its repeat."""
        return tuple(FileRef(v, self._files.get(v)) for v in self._values.get(name, ()) if v)

    def file(self, name: str) -> FileRef | None:
        return next(iter(self.files(name)), None)

    def number(self, name: str) -> int | None:
        """A whole number; None when nothing is written. Raises ValueError for anything else."""
        text = self.text(name)
        if not text:
            return None
        if not re.fullmatch(r"-?[0-9]{1,9}(\.0+)?", text):
            raise ValueError(text)
        return int(text.partition(".")[0])

    def moment(self, name: str) -> datetime | None:
        """A moment in UTC; None for anything else. A time without a zone is Thailand's."""
        try:
            moment = datetime.fromisoformat(self.text(name))
        except ValueError:
            return None
        return (moment if moment.tzinfo else moment.replace(tzinfo=THAILAND)).astimezone(UTC)

    def rows(self, name: str) -> tuple["Fields", ...]:
        """The rows of a repeat, each with its own answers; rows without any answer are left out."""
        found = (Fields(row, self._files) for row in self._root.iter(f"{{*}}{name}"))
        return tuple(row for row in found if any(row.text(question) for question in row.names()))

    def starting(self, prefix: str) -> Iterator[str]:
        """The rest of the names, after `prefix`, of fields that have a value."""
        return (n.removeprefix(prefix) for n in self._values if n.startswith(prefix) and self.text(n))
