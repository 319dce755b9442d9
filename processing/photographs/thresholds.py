"""Every threshold of the checks of pictures, in one table, with the reason. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from mochocho.words.model import Doubtful


@dataclass(frozen=True, slots=True)
class Threshold:
    """`number` in `unit`: the first value that is doubted; `reason`: why it is this one."""

    number: int
    unit: str
    reason: str


THRESHOLDS: Mapping[Doubtful, Threshold] = {
    Doubtful.DARK: Threshold(
        90,
        "grey level (0-255) that a twentieth of the picture is brighter than",
        "paper in a lit room is photographed at 130 and more; below 90 print and pencil are lost on a paper",
    ),
    Doubtful.BRIGHT: Threshold(
        150,
        "grey level (0-255) of the darkest hundredth",
        "black print is below 100 on any scan; where nothing is darker than 150, the print has faded away",
    ),
}
