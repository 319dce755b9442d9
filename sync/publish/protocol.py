"""The protocol of a place to publish to; publishing uses nothing else."""

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
    """The result of publishing one form: new there, already there, or a later version."""

    form_id: str
    version: str
    what: What


@dataclass(frozen=True, slots=True)
class Remark:
    """A problem that a person should know of before something fails at a place, and what to do about it."""

    found: Sentence
    advice: Sentence

    def line(self, key: str) -> Sentence:
        """Both in one line, preceded by the place's key."""
        return Sentence(
            f"{key}: {self.found.th}; {self.advice.th}", f"{key}: {self.found.en}; {self.advice.en}"
        )


@runtime_checkable
class Eraser(Protocol):
    """A server on which what phones sent can be deleted."""

    def erase(self, form_id: str, root: str) -> None:
        """Delete one root of a form with its files; one that is gone stays so."""
        ...

    def erase_row(self, name: str, row: str) -> None:
        """Take a row out of the list `name` that phones are given; it is published here no more."""
        ...


class Target(Protocol):
    """A place to publish to. Making one makes no request;
    its methods raise Transient and Terminal as sources do.

    `profile`: the dialect in which its forms are built. `of_lists`: what a person with a phone must know
    about how lists reach it; None where they come automatically.
    """

    key: str  # embedded, central:KEY, kobo:KEY
    profile: Profile
    of_lists: Sentence | None

    def put_forms(self, forms: Sequence[BuiltForm]) -> list[Published]:
        """Offer these forms in place of the former ones; repeating it changes nothing.

        Raises Terminal, before anything is changed there, when data would be lost.
        """
        ...

    def put_list(self, name: str, rows: Sequence[Mapping[str, str]]) -> int:
        """Replace the list `name` by these rows, identified by their `name`.

        Returns how many rows changed.
        """
        ...

    def lists_ready(self, name: str) -> bool:
        """Whether this list may be put now, or must wait because it was put recently."""
        ...

    def remarks(self) -> list[Remark]:
        """What a person should know about the place before something fails there; makes requests."""
        ...

    def used(self) -> Sentence | None:
        """How much of the place's quota is used; makes requests. None where the place does not tell."""
        ...

    def review(self, form_id: str, root: str, state: ReviewState, comment: str) -> bool:
        """Set the review state of one submission, with one comment, which ends in its mark `[…]`.

        `root`: as in a source's root ids, without the form id. False: state and comment were already there.
        """
        ...

    def add_officer(self, officer: Officer) -> str:
        """Give an officer new access there.

        Returns the server address for the phone, including its secret.
        """
        ...

    def move_officer(self, officer: Officer) -> None:
        """Give an officer's phone the officer's present districts;
        does nothing for officers without access.
        """
        ...

    def revoke_officer(self, officer_id: int) -> None:
        """End an officer's access there; repeating it does no harm."""
        ...


@runtime_checkable
class Sharing(Target, Protocol):
    """A place where officers have their own accounts, with which forms are shared."""

    def share_with(self, officer: Officer, account: str | None) -> str:
        """As `add_officer`, and lets this account, or the one in the settings, send every form there."""
        ...
