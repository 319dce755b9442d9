"""The letters that editable papers name, and how large they are."""

from dataclasses import dataclass

SARABUN = "Sarabun"
# In the order in which an office has them; the third is the second under another licence (thai-papers.md 2).
USUAL = ("TH SarabunPSK", "TH Sarabun New", SARABUN)
OFFICIAL_POINTS = 16.0  # of the official font
_SARABUN_POINTS = 10.5  # as wide as that


@dataclass(frozen=True, slots=True)
class Typeface:
    """A font by its name in Word, and what takes its place where it is missing, in order."""

    name: str = USUAL[0]

    @property
    def others(self) -> tuple[str, ...]:
        return tuple(name for name in USUAL if name != self.name)

    def half_points(self, points: float) -> int:
        """A size that is `points` of the official font, in this one, as Word counts: half points."""
        factor = _SARABUN_POINTS / OFFICIAL_POINTS if self.name == SARABUN else 1
        return round(points * factor * 2)

    def beside(self, points: float) -> int:
        """The size at which another font's letters are as large as the official font's at `points`."""
        return beside_small(points * 2)


def beside_small(half_points: float) -> int:
    """The size of another font's letters beside such small ones as the official font's, in half points."""
    return round(half_points * _SARABUN_POINTS / OFFICIAL_POINTS)
