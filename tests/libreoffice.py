"""LibreOffice saves files in another format, as an office would."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.needs import absent


def convert(
    sources: Sequence[Path], kind: str, folder: Path, profile: Path, *words: str, **environment: str
) -> None:
    """Each file in this format in `folder`. Skips the test where there is no LibreOffice.

    `profile`: a folder of the test's own. Two LibreOffices with one profile are one, and end together.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if not program:
        absent("LibreOffice is not installed")
    command = [str(program), f"-env:UserInstallation={profile.as_uri()}", "--headless", *words]
    subprocess.run(
        [*command, "--convert-to", kind, "--outdir", str(folder), *map(str, sources)],
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
        timeout=300,
    )
