"""A placeholder of an office's own template, of Word or of Excel, that nothing fills."""

from collections.abc import Collection
from difflib import get_close_matches

from mochocho.words.sentences import Sentence, plain


def unknown_placeholder(typed: str, name: str, known: Collection[str]) -> Sentence:
    """What is told of it: the one that may be meant, and all that there are. `typed`: with its brackets."""
    close = get_close_matches(name, known, 1)
    meant = (
        Sentence(f" อาจหมายถึง {{{{{close[0]}}}}}", f"; is {{{{{close[0]}}}}} meant?") if close else plain("")
    )
    every = " ".join(f"{{{{{one}}}}}" for one in known)
    return Sentence(
        f"ไม่รู้จักช่อง {typed}{meant.th} ช่องที่ใช้ได้: {every}",
        f"there is no placeholder {typed}{meant.en}; there are: {every}",
    )
