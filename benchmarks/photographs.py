"""The cost of all checks on one photo, as a ratio to decoding it once in full; the child's memory with numpy.

python -m benchmarks.photographs

Both are measured in turn in one process, in seconds of processor, on the same photos: sheets as a telephone
takes them, with a longer side of 4,000 to 1,500 points; forms ask for 2,000. It has the environment of the
child that opens files. The checks look at a copy of one size, so that of a smaller photo the decoding costs
less and they do not.
"""

import io
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from random import Random

from PIL import Image

from processing.decoding import drawn_pictures
from processing.decoding.keeper import environment_of_decoder
from processing.photographs.all_looks import suspicions_of
from tests.pictures import papers, taking

PASSES, PHOTOS = 15, 6
SIDES = (4000, 3000, 2000, 1500)
BOUND = 1.5
_RESIDENT = """\
import {modules}
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmRSS")))
"""


def main() -> None:
    environment = environment_of_decoder()
    if os.environ != environment:
        call = [sys.executable, "-m", "benchmarks.photographs"]
        sys.exit(subprocess.run(call, env=environment, check=False).returncode)
    for side in SIDES:
        _compare(side, [_photo(side, n) for n in range(PHOTOS)])
    if sys.platform == "linux":
        before, after = _resident("PIL.Image"), _resident("PIL.Image, numpy")
        child = _resident("processing.decoding.child")
        print(f"resident: Pillow {before} kB, with numpy {after} kB, the whole child {child} kB")


def _compare(side: int, photos: Sequence[bytes]) -> None:
    seen = [drawn_pictures.measure("jpeg", photo) for photo in photos]
    whole, reading, looks = _best(
        lambda: [_decoded(photo) for photo in photos],
        lambda: [drawn_pictures.measure("jpeg", photo) for photo in photos],
        lambda: [suspicions_of(reduced, taken) for taken, reduced in seen],
    )
    print(
        f"{side} points: decoded in full {whole * 1000:.1f} ms; all checks {looks * 1000:.1f} ms "
        f"({looks / whole:.2f} x); the small copy {reading * 1000:.1f} ms ({reading / whole:.2f} x)"
    )
    assert looks <= BOUND * whole, f"the checks cost {looks / whole:.2f} times the decoding"


def _photo(side: int, n: int) -> bytes:
    rng = Random(n)
    sheet = papers.WRITTEN[n % len(papers.WRITTEN)](rng).resize((side * 7 // 10, side))
    camera = taking.some_camera(rng, side, across=False)
    return taking.jpeg(taking.photographed(sheet, camera, rng), rng)


def _decoded(photo: bytes) -> Image.Image:
    with Image.open(io.BytesIO(photo)) as image:
        image.load()
    return image


def _best(*works: Callable[[], object]) -> list[float]:
    """Seconds for one photo of each work: the best of the passes, in each of which all take their turn."""
    best = [float("inf")] * len(works)
    for _ in range(PASSES):
        for place, work in enumerate(works):
            began = time.process_time()
            work()
            best[place] = min(best[place], (time.process_time() - began) / PHOTOS)
    return best


def _resident(modules: str) -> int:
    call = [sys.executable, "-c", _RESIDENT.format(modules=modules)]
    return int(subprocess.run(call, capture_output=True, check=True, text=True).stdout)


if __name__ == "__main__":
    main()
