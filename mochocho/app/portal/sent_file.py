"""The file that a form sends: no page reads it before the office's virus scanner has looked at it."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import request

from mochocho.app.portal.access.signed_in import current_home
from processing.documents.virus_scan import refuse_infected

FIELD = "file"  # as every form calls it
_ENDING = re.compile(r"\.[a-z0-9]{1,5}")


@contextmanager
def sent_file() -> Iterator[Path | None]:
    """Where it lies meanwhile, under a name of ours with the ending of its own; None where none was chosen.

    Raises as `refuse_infected`.
    """
    sent = request.files.get(FIELD)
    if sent is None or not sent.filename:
        yield None
        return
    ending = Path(sent.filename).suffix.lower()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"sent{ending if _ENDING.fullmatch(ending) else ''}"
        sent.save(path)
        refuse_infected(current_home().settings, path)
        yield path
