"""Names of files and folders that every system takes, and that stay distinct where they must be cut. Pure."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from itertools import accumulate

_FORBIDDEN = re.compile(r'[\\/:*?"<>|;\x00-\x1f\x7f\u200b\u2028\u2029\ud800-\udfff]')
# Devices of Windows, which it sees in spaces and an ending behind them too.
_DEVICES = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\..*)?", re.IGNORECASE | re.DOTALL
)
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}")

_LONGEST_WORD = 20  # letters that are given up for a name to end with a part or a word
_JOINING = ("เพื่อ", "และ", "หรือ", "แห่ง", "ของ")  # they begin a part

Fits = Callable[[str], bool]


def in_bytes(name: str) -> bool:
    """Whether file systems of today take the name: 255 bytes of UTF-8, of which some are left free."""
    return len(name.encode()) <= 240


def in_joliet(name: str) -> bool:
    """Whether a CD takes it: 64 characters of two bytes (Joliet, 1995)."""
    return len(name.encode("utf-16-be")) <= 128


def safe(name: str) -> str:
    """The name without what some system forbids in one."""
    found = _FORBIDDEN.sub("-", unicodedata.normalize("NFC", name)).strip(" ").rstrip(". ")
    return f"-{found}" if not found or _DEVICES.fullmatch(found) or found.startswith(".") else found


def folders_of(keys: Iterable[str]) -> dict[str, str]:
    """What the folder of each key is called, beside those of the others."""
    every = list(dict.fromkeys(keys))
    return dict(zip(every, distinct(every, in_bytes), strict=True))


def distinct(names: Iterable[str], fits: Fits) -> list[str]:
    """These names of one folder, each safe, fitting, and unlike the others in any case of letters.

    What is too long loses words at the end of its stem; what is there already gets `~2`, `~3` … behind it.
    """
    taken: set[str] = set()
    found = []
    for name in names:
        number, made = 1, cut(safe(name), fits)
        while made.casefold() in taken:
            number += 1
            made = cut(safe(name), fits, f"~{number}")
        taken.add(made.casefold())
        found.append(made)
    return found


def cut(name: str, fits: Fits, behind: str = "") -> str:
    """The name with `behind` after its stem, cut so that it fits."""
    whole, suffix = split(name)
    stem = whole
    while not fits(f"{stem}{behind}{suffix}"):
        stem = _without_last_letter(stem).rstrip(". ")
    return f"{_in_words(whole, stem)}{behind}{suffix}"


def _in_words(whole: str, begun: str) -> str:
    """What `begun` has of the parts of `whole`, or of its words; all of it where none ends near its end."""
    if begun == whole:
        return whole
    from icu4py.breakers import LineBreaker  # few names are too long, and whoever has none need not load it

    ends = [
        end for end in accumulate(map(len, LineBreaker(whole, "th_TH")), initial=0) if 0 < end <= len(begun)
    ]
    parts = [end for end in ends if whole[end - 1] == " " or whole.startswith(_JOINING, end)]
    for borders in (parts, ends):
        found = whole[: borders[-1]].rstrip(" .(-–,") if borders else ""
        if found and len(begun) - len(found) <= _LONGEST_WORD:
            return found
    return begun


def split(name: str) -> tuple[str, str]:
    """Stem and suffix; a folder named `อ.เมือง` has none."""
    stem, dot, suffix = name.rpartition(".")
    return (stem, dot + suffix) if stem and _SUFFIX.fullmatch(dot + suffix) else (name, "")


def _without_last_letter(text: str) -> str:
    end = len(text) - 1
    while end > 0 and unicodedata.category(text[end]).startswith("M"):
        end -= 1
    return text[:end]
