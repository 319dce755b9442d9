"""Wall time and peak memory of `mochocho demo`, summed over its processes.

python benchmarks/demo.py [--units 149 | --times 10]

Without either: the command itself, as a newcomer runs it. --units: a small province of 12 to 100.
--times: the sample so many times over, with small photos.
"""

import argparse
import contextlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

INTERVAL = 0.05  # seconds between two measurements of memory
MB = 1 << 20
SCRIPT = """
from pathlib import Path

if __name__ == "__main__":
    from mochocho.app.demo import province
    from mochocho.app.demo.run import demo

    demo(Path("mochocho-demo"), plan=province.{plan})
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="Time and memory of the demo.")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--units", type=int)
    size.add_argument("--times", type=int)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        call = [sys.executable, "-m", "mochocho.app.commands.cli", "demo"]
        if chosen.units or chosen.times:
            script = Path(folder) / "play.py"  # a file, since worker processes are spawned from it
            plan = f"small({chosen.units})" if chosen.units else f"scaled({chosen.times})"
            script.write_text(SCRIPT.format(plan=plan))
            call = [sys.executable, str(script)]
        seconds, peak = measure(call, folder)
    print(f"{seconds:.1f} s, {peak / MB:.0f} MB at most, summed over processes")


def measure(call: list[str], folder: str) -> tuple[float, int]:
    """Run `call` in `folder`: (wall seconds, largest sum of resident bytes of it and its children)."""
    began, peak = time.monotonic(), 0
    process = psutil.Popen(call, cwd=folder)
    while process.poll() is None:
        peak = max(peak, resident(process))
        time.sleep(INTERVAL)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, call)
    return time.monotonic() - began, peak


def resident(process: psutil.Popen) -> int:
    """Resident bytes; 0 for a process that has ended."""
    family, total = [process], 0
    with contextlib.suppress(psutil.NoSuchProcess):
        family += process.children(recursive=True)
    for one in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            total += one.memory_info().rss
    return total


if __name__ == "__main__":
    main()
