"""A committee's name with its place, said once: an office may have written the place into the name. Pure."""

from typing import Final

PROVINCE: Final = "จังหวัด"
DISTRICT: Final = "อำเภอ"


def of_province(name: str, province: str) -> str:
    """The provincial committee as source 004 calls it: `คณะกรรมการ…จังหวัด จังหวัดเชียงราย`.

    Papers print it so, and resolutions are recorded so.
    """
    return name if _says(name, PROVINCE, province) else f"{name} {PROVINCE}{province}"


def of_district(name: str, district: str) -> str:
    """A district's committee: `คณะกรรมการ…อำเภอแม่จัน`. `district`: its name without that word."""
    if _says(name, DISTRICT, district):
        return name
    return f"{name}{district}" if name.endswith(DISTRICT) else f"{name} {DISTRICT}{district}"


def same(one: str, other: str, kind: str, place: str) -> bool:
    """Whether both name one committee, with its place or without. `kind`: PROVINCE or DISTRICT."""
    return _bare(one, kind, place) == _bare(other, kind, place)


def _says(name: str, kind: str, place: str) -> bool:
    """Whether the place is in the name, or its last word without the word for its kind."""
    joined = "".join(name.split())
    return f"{kind}{place}" in joined or joined.endswith(place)


def _bare(name: str, kind: str, place: str) -> str:
    """Without spaces and place; the word for its kind may stand before the place once more (source 004)."""
    return "".join(name.split()).removesuffix(place).removesuffix(kind).removesuffix(kind)
