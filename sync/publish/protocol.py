"""What a place to publish to offers. Publishing is written against this alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from mochocho.words.model import ReviewState
from mochocho.words.sentences import Sentence
from sync.officers import Officer
from xlsforms.built import BuiltForm, Profile

What = Literal["new", "same", "updated"]


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did with one form: it is new there, stood there already, or is a later version."""

    form_id: str
    version: str
    what: What


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person should know of a place before something fails there, and what to do about it."""

    found: Sentence
    advice: Sentence

    def line(self, key: str) -> Sentence:
        """Both in one line, after the place they are about."""
        return Sentence(
            f"{key}: {self.found.th}; {self.advice.th}", f"{key}: {self.found.en}; {self.advice.en}"
        )


class Target(Protocol):
    """A place to publish to. Making one calls nobody; its methods raise Transient and Terminal as sources do.

    `profile`: in which dialect its forms are built. `of_lists`: what whoever has a phone must know of how
    lists reach it; None where they come by themselves.
    """

    key: str  # embedded, central:KEY, kobo:KEY
    profile: Profile
    of_lists: Sentence | None

    def put_forms(self, forms: Sequence[BuiltForm]) -> list[Published]:
        """Offer these forms in place of the ones before; again changes nothing.

        Raises Terminal, before anything is changed there, when data would be lost.
        """
        ...

    def put_list(self, name: str, rows: Sequence[Mapping[str, str]]) -> int:
        """Make the list `name` there be these rows, named by `name`. Returns how many rows were changed."""
        ...

    def lists_ready(self, name: str) -> bool:
        """Whether this list may be put now; one that was put too lately waits."""
        ...

    def remarks(self) -> list[Remark]:
        """What a person should know of the place before something fails there; asks it."""
        ...

    def used(self) -> Sentence | None:
        """How much is used of what the place grants; asks it. None where it does not tell."""
        ...

    def review(self, form_id: str, root: str, state: ReviewState, comment: str) -> bool:
        """Tell the field of one submission: state and one comment, whose end, `[…]`, marks it.

        `root`: as in a source's root ids, without the form id. False: all of it stood there already.
        """
        ...

    def add_officer(self, officer: Officer) -> str:
        """Give an officer a new access there. Returns the server address for the phone, with its secret."""
        ...

    def move_officer(self, officer: Officer) -> None:
        """Show an officer's phone the districts the officer has now; nothing without an access there."""
        ...

    def revoke_officer(self, officer_id: int) -> None:
        """End an officer's access there; twice is as good as once."""
        ...


@runtime_checkable
class Sharing(Target, Protocol):
    """A place where officers have accounts of their own, with which the forms are shared."""

    def share_with(self, officer: Officer, account: str | None) -> str:
        """As `add_officer`, and lets this account, or that of the settings, send every form there."""
        ...
