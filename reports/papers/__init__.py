"""The templates of the papers, one a paper, over `base.typ`. They hold no words: the view has them all."""

from functools import cache
from importlib.resources import files

BASE = "base.typ"
PAPERS = ("cover", "agenda", "order", "names", "blocked", "dossier")


@cache
def templates() -> dict[str, bytes]:
    """File name → content, of `base.typ` and every paper."""
    names = (BASE, *(f"{paper}.typ" for paper in PAPERS))
    return {name: files(__package__).joinpath(name).read_bytes() for name in names}
