"""A committee's name with its place, said once: an office may have written the place into the name. Pure."""

from typing import Final

PROVINCE: Final = "จังหวัด"
DISTRICT: Final = "อำเภอ"


def with_place(name: str, kind: str, place: str) -> str:
    """`คณะกรรมการ…อำเภอแม่จัน`. `kind`: PROVINCE or DISTRICT; `place`: its name without that word."""
    if says(name, kind, place):
        return name
    return f"{name}{place}" if name.endswith(kind) else f"{name} {kind}{place}"


def on_papers(name: str, province: str) -> str:
    """The provincial committee's name as source 004 has it: `คณะกรรมการ…จังหวัด จังหวัดเชียงราย`."""
    return name if says(name, PROVINCE, province) else f"{name} {PROVINCE}{province}"


def says(name: str, kind: str, place: str) -> bool:
    """Whether the place is in the name, or its last word without the word for its kind."""
    joined = "".join(name.split())
    return f"{kind}{place}" in joined or joined.endswith(place)
