"""The unit of typesetting and caching."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mochocho.words.model import Case

if TYPE_CHECKING:  # it loads the places of the country, which no process that typesets needs
    from reports.view.arrange import Unit


@dataclass(frozen=True, slots=True)
class Part:
    """One part that is typeset and cached as a whole.

    `view` makes its content from the cases of `keys`; it gets them in that order and consumes all of them.
    """

    paper: str
    title: str
    view: Callable[[Iterator[Case]], Any]
    keys: tuple[str, ...] = ()
    units: "tuple[Unit, ...]" = ()  # of the dossiers it holds
    # its pages continue the numbering of the part before; its view has a `first_page`
    continues: bool = False
