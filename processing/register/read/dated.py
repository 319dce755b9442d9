"""Reads the days of a form by the rule of `mochocho.words.days`. Pure."""

from datetime import date

from mochocho.standards.schema import Pack
from mochocho.words import days
from mochocho.words.model import Doubt, DoubtedDay
from processing.register.read.fields import Fields
from sync.mirror.queries import Mirrored


class Dated:
    """Reads the days of one form; days that are not believed are kept in `doubted` as they were written."""

    def __init__(self, pack: Pack, received: Mirrored) -> None:
        self.cycle = days.of_cycle(pack.fiscal_year_be)
        self._window = self.cycle.until(received.received_at)
        self._doubted: list[DoubtedDay] = []

    @property
    def doubted(self) -> tuple[DoubtedDay, ...]:
        return tuple(self._doubted)

    def day(self, fields: Fields, name: str, what: str) -> date | None:
        """A day in the past; None if there is none that is believed."""
        return self._read(fields, name, what, self._window)

    def due(self, fields: Fields, name: str, what: str) -> date | None:
        """A day by which something is to be done; None if there is none that is believed."""
        return self._read(fields, name, what, self.cycle.for_due)

    def doubt(self, name: str, what: str, written: str, doubt: Doubt) -> None:
        self._doubted.append(DoubtedDay(name, what, written, doubt))

    def _read(self, fields: Fields, name: str, what: str, window: days.Window) -> date | None:
        written = fields.text(name)
        found = days.read(written, window)
        if isinstance(found, Doubt):
            self.doubt(name, what, written, found)
            return None
        return found
