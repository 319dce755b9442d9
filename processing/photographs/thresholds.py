"""Every threshold of the checks of pictures, with its reason. Pure."""

from collections.abc import Mapping

from mochocho.words.model import Doubtful

# The first value that is doubted.
THRESHOLDS: Mapping[Doubtful, int] = {
    # Grey level (0-255) that a twentieth of the picture is brighter than: paper in a lit room is photographed
    # at 130 and more; below 90 print and pencil are lost on a paper.
    Doubtful.DARK: 90,
    # Grey level (0-255) of the darkest hundredth: black print is below 100 on any scan; where nothing is
    # darker than 150, the print has faded away.
    Doubtful.BRIGHT: 150,
}
