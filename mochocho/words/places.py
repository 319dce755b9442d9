"""Provinces, their districts and subdistricts in force, by DOPA code.

The data is "GeoThai" (the package `geothai`), from the Department of Provincial Administration,
licensed CC-BY-4.0.
"""

from dataclasses import dataclass
from difflib import get_close_matches

import geothai

from mochocho.words.errors import Terminal
from mochocho.words.sentences import Sentence
from mochocho.words.thai import normalise


@dataclass(frozen=True, slots=True)
class Subdistrict:
    """A ตำบล (แขวง in Bangkok); the names are without that word. `code`: 6 digits."""

    code: str
    name_th: str
    name_en: str


@dataclass(frozen=True, slots=True)
class District:
    """An อำเภอ; the names are without that word. `code`: 4 digits."""

    code: str
    name_th: str
    name_en: str

    @property
    def subdistricts(self) -> tuple[Subdistrict, ...]:
        """In the order of their codes."""
        return subdistricts(self.code)


def subdistricts(district: str) -> tuple[Subdistrict, ...]:
    """The subdistricts of the district with this 4-digit code, in the order of their codes."""
    return tuple(Subdistrict(s.code, s.name_th, s.name_en) for s in geothai.subdistricts(district))


@dataclass(frozen=True, slots=True)
class Province:
    """A province with its districts in the order of their codes. `code`: 2 digits."""

    code: str
    name_th: str
    name_en: str
    districts: tuple[District, ...]

    @classmethod
    def named(cls, name: str) -> "Province":
        """The province of this Thai name, with or without จังหวัด. Raises Terminal when there is none."""
        wanted = normalise(name).removeprefix("จังหวัด").strip()
        provinces = {p.name_th: p for p in geothai.provinces()}
        found = provinces.get(wanted)
        if found is None:
            near = get_close_matches(wanted, provinces, n=1)
            hint = Sentence("ให้เขียนชื่อเต็ม เช่น เชียงใหม่", "write its Thai name in full")
            if near:
                hint = Sentence(f"ใช่ “{near[0]}” หรือไม่", f'did you mean "{near[0]}"?')
            raise Terminal(
                f"ไม่มีจังหวัดชื่อ “{wanted}”: {hint.th}", f'there is no province named "{wanted}": {hint.en}'
            )
        return cls(
            found.code,
            found.name_th,
            found.name_en,
            tuple(District(d.code, d.name_th, d.name_en) for d in geothai.districts(found.code)),
        )

    def district(self, code: str) -> District | None:
        """The district with this 4-digit code; None if it is not in this province."""
        return next((d for d in self.districts if d.code == code), None)

    def code_of(self, name_or_code: str) -> str:
        """The code of the district that a person means by its Thai name; what is no name is left as it is."""
        wanted = normalise(name_or_code).removeprefix("อำเภอ")
        return next((d.code for d in self.districts if d.name_th == wanted), wanted)

    def subdistrict(self, code: str) -> Subdistrict | None:
        """The subdistrict with this 6-digit code; None if it is not in this province."""
        district = self.district(code[:4])
        return next((s for s in district.subdistricts if s.code == code), None) if district else None
