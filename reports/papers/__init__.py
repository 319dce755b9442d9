"""The templates of the papers, one per paper, made of what they share. All words come from the view."""

from functools import cache
from importlib.resources import files

SHARED = ("base.typ", "blocks.typ", "letters.typ")  # what the others import
PAPERS = ("cover", "agenda", "order", "names", "blocked", "dossier")  # of a packet


@cache
def templates() -> dict[str, bytes]:
    """File name → content, of what is shared and every paper of a packet."""
    return {name: template(name) for name in (*SHARED, *(f"{paper}.typ" for paper in PAPERS))}


def shared() -> dict[str, bytes]:
    """File name → content, of what every paper may import."""
    return {name: template(name) for name in SHARED}


def template(name: str) -> bytes:
    """One template by its file name."""
    return files(__package__).joinpath(name).read_bytes()
