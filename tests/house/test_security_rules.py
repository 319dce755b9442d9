"""What ruff's rules on security forbid is nowhere in what is shipped, but where a line says why."""

import re
import tomllib

from tests.house.tree import ROOT

SHIPPED = ("mochocho", "processing", "reports", "sync", "xlsforms")
# eval, exec, a shell, code or XML of others: no reason would do
NEVER = {"S102", "S307", "S602", "S604", "S605", "S609", "S501", "S506", "S701", "S704"}
# What a process gives to its own child.
PICKLED = {
    "mochocho/app/background.py",
    "mochocho/app/asked_work/asked_process.py",
    "reports/typesetting/presses/press.py",
    "reports/typesetting/presses/print_all.py",
}


def excused() -> set[tuple[str, str]]:
    """Each rule that a line of a shipped file sets aside, with the file."""
    return {
        (code, path.relative_to(ROOT).as_posix())
        for package in SHIPPED
        for path in (ROOT / package).rglob("*.py")
        for codes in re.findall(r"# noqa: ([A-Z0-9, ]+)", path.read_text("utf-8"))
        for code in re.findall(r"S\d{3}", codes)
    }


def test_the_rules_on_security_hold_in_all_that_is_shipped() -> None:
    lint = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]
    assert "S" in lint["select"]
    assert not any(code.startswith("S") for code in lint["ignore"])
    for pattern, codes in lint["per-file-ignores"].items():
        assert pattern.partition("/")[0] not in SHIPPED or not {"S", *NEVER}.intersection(codes)
    found = excused()
    assert {code for code, _ in found} & NEVER == set()
    assert {path for code, path in found if code == "S301"} <= PICKLED
