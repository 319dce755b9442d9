"""The import contracts, run as a test so that nobody has to remember the command."""

import subprocess
import sys

from tests.house.tree import ROOT


def test_import_contracts_hold() -> None:
    code = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    run = subprocess.run(
        [sys.executable, "-c", code, "--no-cache"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8"
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "0 broken" in run.stdout
