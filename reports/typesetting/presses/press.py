"""The process that typesets: `python -m reports.typesetting.presses.press`.

It reads a Typesetter and then paths of jobs, pickled, until its input ends, and answers each job by None or
the exception that it raised. It opens no database and loads no command.
"""

import os
import pickle
import sys
from pathlib import Path

from reports.typesetting.presses.print_jobs import print_job
from reports.typesetting.typesetter import Typesetter


def main() -> None:
    """Typeset until the input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library says must not stand between the answers
    typesetter: Typesetter = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own parent wrote it
    while True:
        try:
            job: Path = pickle.load(sys.stdin.buffer)  # noqa: S301 - as above
        except EOFError:
            return
        answers.write(_answer(typesetter, job))
        answers.flush()


def _answer(typesetter: Typesetter, job: Path) -> bytes:
    try:
        print_job(typesetter, job)
    except Exception as error:
        try:
            return pickle.dumps(error)
        except Exception:  # it holds what cannot be sent
            return pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"))
    return pickle.dumps(None)


if __name__ == "__main__":
    main()
