"""Every threshold of the checks of pictures, with its reason. Pure."""

from collections.abc import Mapping

from mochocho.words.model import Doubtful

# The first value that is doubted. Figures of recall and false alarms: docs/photographs.md.
THRESHOLDS: Mapping[Doubtful, int] = {
    # Grey level (0-255) that a twentieth of the picture is brighter than: paper in a lit room is photographed
    # at 130 and more; below 90 print and pencil are lost on a paper.
    Doubtful.DARK: 90,
    # Grey level (0-255) of the darkest of what is written: black print is below 100 on any scan and pencil
    # below 150; where nothing is darker than 150, the print has faded away.
    Doubtful.BRIGHT: 150,
    # Of what grey changes within eight points, hundredths that it changes within two, at the sharper fifth of
    # edges, in the softest of four directions. A page in focus has 63 and more even where a telephone is a
    # little soft, and a dim picture of people 60; letters of seven points run into one another from four
    # points of blur, or where they are shaken by ten: 56 and less.
    Doubtful.BLURRED: 58,
    # Written cells of 10,000: the smallest signature alone on a sheet fills 20; an empty sheet, dust and a
    # fold leave 0 to 5.
    Doubtful.BLANK: 10,
    # Points of the file along the longer side of the sheet: on one of 400, letters of 14 points on A4 are
    # three high, and nobody reads them.
    Doubtful.SMALL: 400,
    # Words that run down, of a hundred: maps and posters have up to 70, an upright table with rules 50.
    Doubtful.SIDEWAYS: 75,
    # Ink next to the bodies of letters that stands below them, of a hundred: print that stands upright has 28
    # to 53, handwriting 44 to 53.
    Doubtful.UPSIDE_DOWN: 54,
    # Places along an edge of the picture, of a hundred written on next to it, at which the text reaches the
    # edge: a page with its margin has 0, a map that fills the sheet up to 29.
    Doubtful.CROPPED: 40,
    # Signs of a screen, of eight: size of a telephone's or computer's screen (2), bar at the top (2), bar at
    # the bottom, much longer than wide, PNG, even colours. A scan or a page saved by a program has 4 at most.
    Doubtful.SCREENSHOT: 5,
    # Pages of a PDF that are drawn: of minutes with their lists every page, in a tenth of the time that one
    # file may take.
    Doubtful.LONG: 20,
}
