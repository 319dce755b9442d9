"""What is typeset and kept together."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from mochocho.words.model import Case
from reports.view.arrange import Unit


@dataclass(frozen=True, slots=True)
class Part:
    """What is typeset and kept together.

    `view` makes its content of the cases of `keys`, which it is handed in that order and takes all of.
    """

    paper: str
    title: str
    view: Callable[[Iterator[Case]], Any]
    keys: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()  # whose dossiers it holds
    continues: bool = False  # its pages are numbered on from the part before; its view has a `first_page`
