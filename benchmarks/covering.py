"""What covering costs: a card's page against the same page shown whole, texts against breaking their lines.

python -m benchmarks.covering

Both of a pair are measured in turn in one process, on the same drawn cards and the same texts.
"""

import time
from collections.abc import Callable
from random import Random

from processing.decoding import drawn_pictures
from processing.photographs.page import Page
from processing.redaction.card_window import covered
from processing.redaction.covered_numbers import cover_numbers
from reports.typesetting.line_breaks import Breaker
from tests.pictures import papers, taking

PASSES, CARDS, TEXTS = 5, 4, 400
LONGEST = 1600  # as the portal shows a page
BOUND_PAGE, BOUND_TEXT = 3.0, 0.3


def main() -> None:
    cards = [_photo(n) for n in range(CARDS)]
    whole = _best(lambda: [drawn_pictures.jpeg(one, LONGEST) for one in cards])
    hidden = _best(lambda: [_covered(one) for one in cards])
    texts = [_text(Random(n)) for n in range(TEXTS)]
    broken = _best(lambda: [Breaker().pieces(one) for one in texts])
    numbers = _best(lambda: [cover_numbers(one) for one in texts])
    print(
        f"a page: whole {whole / CARDS * 1000:.0f} ms, covered {hidden / CARDS * 1000:.0f} ms "
        f"({hidden / whole:.2f} x); a text: broken into lines {broken / TEXTS * 1000:.3f} ms, its numbers "
        f"covered {numbers / TEXTS * 1000:.3f} ms ({numbers / broken:.2f} x)"
    )
    assert hidden <= BOUND_PAGE * whole, f"a covered page costs {hidden / whole:.2f} times a whole one"
    assert numbers <= BOUND_TEXT * broken, f"covering costs {numbers / broken:.2f} of breaking lines"


def _photo(n: int) -> bytes:
    rng = Random(n)
    camera = taking.some_camera(rng, 2000, across=True)
    return taking.jpeg(taking.photographed(papers.id_card(rng), camera, rng), rng)


def _text(rng: Random) -> str:
    return " ".join(
        rng.choice(("ประชุมเมื่อวันที่ 5/3/2568 เวลา 09.30 น.", "โทร 000-000-0000", "กลุ่มทอผ้าบ้านหนองบัว หมู่ที่ 5"))
        for _ in range(8)
    )


def _covered(photo: bytes) -> None:
    drawn = drawn_pictures.drawn(photo, LONGEST)
    shown = covered(drawn, Page(drawn_pictures.reduced(drawn))) if drawn else None
    if shown:
        drawn_pictures.encoded(shown)


def _best(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(PASSES):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return min(taken)


if __name__ == "__main__":
    main()
