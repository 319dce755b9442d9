"""The cost of decoding in child processes: the same files measured in this process and by children.

python -m benchmarks.decoding

The files are those of the demo (drawn at its width) and photos of twelve megapixels. Both ways use as many
threads as there are processors and are timed in turn; starting a child is included in the first pass only.
"""

import io
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from mochocho.app.demo.drawings import Studio
from mochocho.words.model import Measurement
from processing.decoding.keeper import AT_ONCE, Measured, decoders
from processing.decoding.one_file import measure

FILES, PASSES = 400, 5


def main() -> None:
    with TemporaryDirectory() as folder:
        for name, contents in (("demo", _of_the_demo()), ("12 megapixels", _photos())):
            _compare(name, _written(Path(folder), contents))
    decoders().close()


def _compare(name: str, paths: Sequence[Path]) -> None:
    here, first, children = _timed(_here, paths), _timed(_by_child, paths), 0.0
    for _ in range(PASSES):
        here = min(here, _timed(_here, paths))
        children = min(children or first, _timed(_by_child, paths))
    each = (children - here) / len(paths) * 1000
    print(
        f"{name}: {len(paths)} files, {here:.2f} s here, {children:.2f} s by children "
        f"({children / here:.2f} x, {each:+.2f} ms a file), {first - children:.2f} s for their start"
    )


def _here(paths: Sequence[Path]) -> list[Measured]:
    return [measure("", path.read_bytes()) for path in paths]


def _by_child(paths: Sequence[Path]) -> list[Measured]:
    return decoders().measure([(path, "") for path in paths])


def _timed(some: Callable[[Sequence[Path]], list[Measured]], paths: Sequence[Path]) -> float:
    began = time.perf_counter()
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for found in pool.map(some, (paths[n : n + AT_ONCE] for n in range(0, len(paths), AT_ONCE))):
            assert all(isinstance(one, Measurement) and not one.problem for one in found)
    return time.perf_counter() - began


def _of_the_demo() -> list[bytes]:
    studio, made = Studio(), []
    for n in range(FILES // 4):
        made += [studio.scan("สำเนา", ("ก", "ข"), str(n)), studio.portrait(n % 2 == 0, str(n))]
        made += [studio.scene("เวที", str(n)), studio.signature(str(n))]
    return made


def _photos() -> list[bytes]:
    out = io.BytesIO()
    Image.effect_noise((4000, 3000), 30).convert("RGB").save(out, "JPEG", quality=85)
    return [out.getvalue()] * 40


def _written(folder: Path, contents: Sequence[bytes]) -> list[Path]:
    paths = [folder / f"{n}" for n in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    return paths


if __name__ == "__main__":
    main()
