"""Writes docs/photographs.md: what each check of pictures finds and what it says of good ones.

uv run python -m tools.photograph_table            draw, measure, write it (some minutes)
uv run python -m tools.photograph_table --seed 5   print the table of another draw, and write nothing
"""

import argparse
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from mochocho.words.model import Doubtful
from processing.findings.of_documents import LOOKS
from processing.photographs.thresholds import THRESHOLDS
from tests.pictures import corpus
from tests.pictures.seen import Seen, seen

TARGET = Path(__file__).resolve().parent.parent / "docs" / "photographs.md"
SEED, GOOD, EACH = 20270214, 330, 30  # not used in writing the checks; 600 pictures
HARDER = {Doubtful.CROPPED, Doubtful.SCREENSHOT}  # of which 85 of 100 are asked, not 95
INTRODUCTION = f"""\
# What the checks of pictures find

Written by `uv run python -m tools.photograph_table`; do not edit. {GOOD} good pictures and {EACH} with the
defect of each check are drawn by `tests/pictures/` with a seed that was not used in writing the checks
({SEED}), then measured as files are. `pytest -m long tests/unit/processing/photographs` fails where fewer
than 95 % of a defect are found (85 % of crops and screenshots), where more than 1 % of the good pictures
are suspected, and where one of them is called unreadable.

The pictures are forms filled in by hand, house registrations, cards and copies of cards, lists with
signatures, minutes, letters with stamps, tables of figures, certificates, notebooks in pen and pencil,
sheets with one signature, maps, posters, activities, meetings, views and portraits: photographed at an
angle on a table, in shadow, with fingers and grain, or scanned, or saved by a program. All of it is
invented. Between a good picture and one with a defect lies what people differ about (a little soft, a
little dark); that is not drawn, so the figures say how well the two ends are told apart, not what share of
a province's pictures will be asked about.

A suspicion asks a person and rejects nothing. Of an applicant's portrait only darkness, blur and
screenshots are asked. What is dark or small is not judged further, and of what is blurred, faded or blank
no lines of text are judged.
"""
HEAD = (
    "| check | the office reads | threshold | found | of good ones | of other defects |",
    "|---|---|---|---|---|---|",
)
REASONS = """\

Each threshold stands with its reason in `processing/photographs/thresholds.py`.

## What cannot be known

- A page stands on its head: only lines of print tell, by the vowels and tone marks above them. Handwriting,
  figures and a few words do not, and nothing is said of them.
- A sheet is cut between two paragraphs, or in its margin: nothing in the picture shows that more was there.
- A blank sheet lies on a light table with a strong pattern: the pattern counts as writing.
- A sheet far away in shadow on a lit table is not told from the table.
- A photograph of a screen, or a screenshot cut to the page alone, has none of a screen's bars.
"""


def rows(every: Sequence[Seen]) -> Iterator[str]:
    """One a check: what was found of its own defect, of good pictures, of those with another defect."""
    for kind in corpus.DEFECTS:
        own = [one for one in every if one.sample.defect is kind]
        good = [one for one in every if one.sample.defect is None]
        other = Counter(
            str(one.sample.defect)
            for one in every
            if one.sample.defect not in (None, kind) and kind in one.kinds
        )
        cells = (
            f"`{kind}`",
            LOOKS[kind].name,
            str(THRESHOLDS[kind]),
            _share(own, kind),
            _share(good, kind),
            ", ".join(f"{name} {count}" for name, count in sorted(other.items())) or "–",
        )
        yield f"| {' | '.join(cells)} |"


def lacking(every: Sequence[Seen]) -> str:
    """A sentence that names the checks that find less than is asked; "" for none."""
    names = []
    for kind in corpus.DEFECTS:
        own = [kind in one.kinds for one in every if one.sample.defect is kind]
        if 100 * sum(own) < (85 if kind in HARDER else 95) * len(own):
            names.append(f"`{kind}`")
    return f"Fewer than is asked are found by {' and '.join(names)}." if names else ""


def _share(every: Sequence[Seen], kind: Doubtful) -> str:
    found = sum(kind in one.kinds for one in every)
    return f"{found} of {len(every)} ({100 * found / len(every):.1f} %)"


def main() -> None:
    """Draw, measure, and write or print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=SEED)
    chosen = parser.parse_args()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        every = list(pool.map(seen, corpus.samples(chosen.seed, GOOD, EACH), chunksize=4))
    table = "\n".join((*HEAD, *rows(every)))
    print(table)
    for one in every:
        wrong = one.kinds if one.sample.defect is None else {one.sample.defect} - one.kinds
        if wrong:
            print(f"{one.sample.name}: {', '.join(sorted(wrong))}")
    if chosen.seed == SEED:
        told = "\n\n".join(filter(None, (table, lacking(every))))
        TARGET.write_text(f"{INTRODUCTION}\n{told}\n{REASONS}", "utf-8")


if __name__ == "__main__":
    main()
