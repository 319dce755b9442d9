"""A conveyor in a process of its own that ticks repeatedly: `python ticker.py mochocho.toml SECONDS`."""

import sys
import time
from pathlib import Path

from mochocho.app.pipeline.worker import TICK, make_app
from mochocho.app.terminal.console import set_up_logs
from mochocho.settings.config import load_settings


def main() -> None:
    set_up_logs(1)
    look = make_app(load_settings(Path(sys.argv[1]))).tasks[TICK]
    while True:
        look(True)
        time.sleep(float(sys.argv[2]))


if __name__ == "__main__":
    main()
