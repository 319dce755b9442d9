"""What the packet costs, against the compiles of the same sheets alone in the same run.

python -m benchmarks.packet [--units 149] [--folder DIR] [--runs 1]

Plays the sample with its own photos (12 to 100 units: its first districts; a multiple of 149: the sample so
many times over), then calls `mochocho packet`: from nothing, with thumbnails kept, with nothing changed, and
with a new resolution about one applicant. One line per call: the ratio of its processor seconds, children
included, to those of the compiles, the seconds, and the largest sum of resident bytes. The last line is what
that resolution costs where a worker, which is loaded already, makes the packet. With `--runs` each is
the least of several, made in turn. `--folder` keeps the province and uses it again.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path

from benchmarks.demo import MB
from benchmarks.scale import ROOT, SAMPLE_UNITS, Cost, measure
from mochocho.settings.config import load_settings
from mochocho.storage.home import Home, open_home
from mochocho.words.model import Gate, Outcome
from reports.typesetting.cache import papers_dir
from reports.typesetting.shown_files import JPEG_MAGIC

SETTINGS = "mochocho.toml"
BETWEEN = 4  # empty documents, so that typst, which keeps what ten left, forgets most; not timed


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--units", type=int, default=SAMPLE_UNITS)
    parser.add_argument("--folder", type=Path, help="keep what was made there")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--part", choices=[*PARTS], help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.part:
        PARTS[chosen.part](chosen.folder, chosen.units)
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = (chosen.folder or Path(temporary) / "province").absolute()
        if not (folder / SETTINGS).exists():
            _call("prepare", folder, chosen.units)
        compiles: list[float] = []
        costs: dict[str, list[Cost]] = {name: [] for name in CALLS}
        for _ in range(chosen.runs):  # in turn: a machine's clock may change from one minute to the next
            compiles.append(float(_call("alone", folder, chosen.units)))
            for name, prepared in CALLS.items():
                costs[name].append(_packet(folder, chosen.units, prepared))
        alone = min(compiles)
        print(f"{'sheets alone':<22} {1:6.2f} {alone:8.2f} s")
        for name, some in costs.items():
            used, peak = min(one.processor for one in some), max(one.peak for one in some)
            print(f"{name:<22} {used / alone:6.2f} {used:8.2f} s {peak / MB:6.0f} MB")
        used = min(float(_call("by a worker", folder, chosen.units)) for _ in range(chosen.runs))
        print(f"{'one, by a worker':<22} {used / alone:6.2f} {used:8.2f} s")
        for pdf in sorted((folder / "home" / "packet").glob("*.pdf")):
            print(f"{pdf.name}: {pdf.stat().st_size / MB:.0f} MB")


def _packet(folder: Path, units: int, prepared: str) -> Cost:
    _call(prepared, folder, units)
    program = (sys.executable, "-m", "mochocho.app.commands.cli", "--config", str(folder / SETTINGS))
    return measure((*program, "packet"), silent=True)


def _call(part: str, folder: Path, units: int) -> str:
    """What this part printed; each is a process of its own, so that none finds another's memory warm."""
    call = (sys.executable, "-m", "benchmarks.packet", "--part", part, "--folder", str(folder))
    done = subprocess.run(
        (*call, "--units", str(units)), cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def prepare(folder: Path, units: int) -> None:
    """The province, with all it takes for a packet."""
    from mochocho.app.demo.run import demo
    from mochocho.app.demo.sample_province import chiang_rai, small

    os.fsync = lambda _fd: None  # type: ignore[assignment] # nobody will miss what a power cut takes
    if units <= SAMPLE_UNITS:
        demo(folder, plan=chiang_rai() if units == SAMPLE_UNITS else small(units))
        return
    from benchmarks import units as many

    many.spool(folder, units, None)
    for name in ("pull", "register", "assess", "decide", "assess again"):
        many.run_part(folder, name)


def alone(folder: Path, _units: int) -> None:
    """Print the processor seconds of the compiles of every sheet with its pictures, made beforehand."""
    import typst

    from reports.packet import lay_out, needed_sheets
    from reports.packet.make_packet import make_packet
    from reports.typesetting.presses.print_jobs import read_job
    from reports.typesetting.typesetter import EMPTY

    home = _home(folder)
    make_packet(home, home.settings.packet_dir)
    _drop_sheets(home)
    with needed_sheets.alone(home):
        jobs = [*needed_sheets.missing_jobs(home, lay_out.lay_out(home))]
    spent, compiled = 0.0, typst.compile

    def timed(files: object, **named: object) -> object:
        nonlocal spent
        began = time.process_time()
        pdf = compiled(files, **named)  # type: ignore[call-overload]
        spent += time.process_time() - began
        return pdf

    typesetter = needed_sheets.typesetter_of(home)
    no_fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
    empty = typst.Compiler(str(EMPTY), font_paths=no_fonts, ignore_system_fonts=True)
    typst.compile = timed  # type: ignore[assignment]
    for sheet in chain.from_iterable(map(read_job, jobs)):
        for _ in range(BETWEEN):
            empty.compile()
        typesetter.compiled(*typesetter.sources(sheet))
    print(spent)


def begin(folder: Path, _units: int) -> None:
    """Nothing is there that could be made again."""
    shutil.rmtree(_home(folder).settings.cache_dir, ignore_errors=True)


def keep_thumbnails(folder: Path, _units: int) -> None:
    """Only thumbnails are there."""
    _drop_sheets(_home(folder))


def _drop_sheets(home: Home) -> None:
    cache = home.settings.cache_dir
    for path in cache.glob("*.json"):
        path.unlink()
    for path in papers_dir(home).glob("??/*"):
        if not path.read_bytes().startswith(JPEG_MAGIC):
            path.unlink()


def change_nothing(_folder: Path, _units: int) -> None:
    """All as it was."""


def decide_anew(folder: Path, _units: int) -> None:
    """The first resolution that stands, at the next meeting, and the assessment that follows from it."""
    from processing.assessment import assess
    from processing.assessment.cases import cases
    from processing.decisions import recorder

    home = _home(folder)
    key, last = next(
        (case.application.key, one)
        for case in cases(home)
        for one in case.assessment.resolutions
        if one.gate is Gate.DISTRICT and one.outcome is Outcome.PASS
    )
    number, year = last.meeting_no.split("/")
    recorder.record(home, {key: replace(last, meeting_no=f"{int(number) + 1}/{year}")})
    assess.do(home, assess.due(home))


def by_a_worker(folder: Path, units: int) -> None:
    """Print the processor seconds of a worker's stages after a new resolution, once it has made a packet."""
    from reports.packet import lay_out, make_packet, typeset

    def work() -> float:
        decide_anew(folder, units)
        began = time.process_time()
        for _ in lay_out.due(home):
            lay_out.do(home)
        failed = typeset.do(home, typeset.due(home))
        for _ in make_packet.due(home):
            make_packet.do(home)
        if failed or lay_out.due(home):
            sys.exit(f"the packet is not made: {failed}")
        return time.process_time() - began

    home = _home(folder)
    work()
    print(work())


def _home(folder: Path) -> Home:
    return open_home(load_settings(folder / SETTINGS))


CALLS: Mapping[str, str] = {
    "from nothing": "begin",
    "thumbnails kept": "keep thumbnails",
    "nothing changed": "change nothing",
    "one applicant changed": "decide anew",
}
PARTS: Mapping[str, Callable[[Path, int], None]] = {
    "prepare": prepare,
    "alone": alone,
    "begin": begin,
    "keep thumbnails": keep_thumbnails,
    "change nothing": change_nothing,
    "decide anew": decide_anew,
    "by a worker": by_a_worker,
}


if __name__ == "__main__":
    main()
