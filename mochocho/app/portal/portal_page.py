"""What the menu and the tests know of a page."""

from dataclasses import dataclass

from flask import Blueprint

from processing.scope import Permission


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the portal. `title`: in the menu, '' = not there; `endpoint`: where the menu leads; `unless`:
    who may do this has a way to it from another page.
    """

    blueprint: Blueprint
    title: str = ""
    endpoint: str = ""
    needs: Permission | None = None
    unless: Permission | None = None
