"""The cost of finding copies: what is kept of a photo, and one page looked up among 10,000.

python -m benchmarks.same_pages [--pages 10000]

All figures are also ratios to decoding a photo of twelve megapixels once in full. The pages: 200 of 40
printed forms, filled in, and as many others as asked for, of random marks.
"""

import argparse
import io
import time
from collections.abc import Callable
from random import Random

import numpy as np
from PIL import Image

from processing.photographs.reduced import LONG_SIDE
from processing.same_pages.agreement import Kept, agreement
from processing.same_pages.candidates import Known, candidates
from processing.same_pages.imprint import imprint
from processing.same_pages.marks import BITS
from tests.unit.processing.same_pages.printed_forms import filled, photographed

REAL, NEW, PASSES = 200, 50, 5


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--pages", type=int, default=10_000)
    count = parser.parse_args().pages
    pages = [photographed(filled(n % 40, n), Random(n)) for n in range(REAL)]
    photo = pages[0].resize((3000, 4000)).convert("RGB")
    out = io.BytesIO()
    photo.save(out, "JPEG", quality=88)
    reduced = np.asarray(photo.convert("L").resize((LONG_SIDE * 3 // 4, LONG_SIDE)))
    decoding = _best(lambda: Image.open(io.BytesIO(out.getvalue())).load())
    keeping = _best(lambda: imprint(reduced))
    print(f"decoded in full {decoding * 1000:.0f} ms; what is kept: {keeping / decoding:.2f} of it")
    kept = [Kept.load(one.marks, one.copy) for one in (imprint(np.asarray(page)) for page in pages)]
    rng = np.random.default_rng(0)
    codes = [one.marks.codes for one in kept]
    codes += [rng.integers(0, 1 << BITS, 250).astype(np.uint32) for _ in range(count - REAL)]
    known = Known.of(codes)
    looking = _best(lambda: list(candidates(codes[:NEW], known))) / NEW
    compared = [
        (a, b.page) for a, own in enumerate(candidates(codes[:NEW], known)) for b in own if b.page != a
    ]
    began = time.perf_counter()
    for one, other in compared:
        agreement(kept[one], kept[other], 0)
    each = (time.perf_counter() - began) / NEW
    print(
        f"among {count} pages: {looking * 1000:.1f} ms to look one up ({looking / decoding:.2f}), "
        f"{len(compared) / NEW:.1f} comparisons, {each * 1000:.1f} ms ({each / decoding:.2f})"
    )


def _best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(PASSES):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


if __name__ == "__main__":
    main()
