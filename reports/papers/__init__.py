"""The templates of the papers, one per paper, based on `base.typ`. All words come from the view."""

from functools import cache
from importlib.resources import files

BASE = "base.typ"
PAPERS = ("cover", "agenda", "order", "names", "blocked", "dossier")  # of a packet


@cache
def templates() -> dict[str, bytes]:
    """File name → content, of `base.typ` and every paper of a packet."""
    return {name: template(name) for name in (BASE, *(f"{paper}.typ" for paper in PAPERS))}


def template(name: str) -> bytes:
    """One template by its file name."""
    return files(__package__).joinpath(name).read_bytes()
