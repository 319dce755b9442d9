"""Too dark, or so bright that the print has gone. Pure."""

from mochocho.words.model import Doubtful, Suspicion
from processing.photographs.reduced import Reduced
from processing.photographs.thresholds import THRESHOLDS

_WRITTEN = 6  # grey levels: what is no darker than this is paper, and a sheet without print is blank


def dark(reduced: Reduced) -> Suspicion | None:
    """Nothing in the picture is bright: what is paper at all is the brightest part of it."""
    least = THRESHOLDS[Doubtful.DARK]
    brightest = reduced.level(95)
    return Suspicion(Doubtful.DARK, brightest, least) if brightest < least else None


def bright(reduced: Reduced) -> Suspicion | None:
    """Something is written, and even its darkest part is light: the print has faded into the paper."""
    most = THRESHOLDS[Doubtful.BRIGHT]
    darkest = reduced.level(1)
    written = darkest < reduced.level(50) - _WRITTEN
    return Suspicion(Doubtful.BRIGHT, darkest, most) if written and darkest > most else None
