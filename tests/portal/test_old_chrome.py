"""The portal in Chrome 109, the last one for Windows 7: its pages, and a key in the queue."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests import databases, needs
from tests.engines.engines import HERE as ENGINES
from tests.engines.engines import install
from tests.integration.province_mirror import ENTITY
from tests.portal.conftest import PASSWORD
from tests.portal.driven import listening
from tests.portal.test_queue_driven import waiting

ONE = f"/applicants/{ENTITY.format(1)}"
PATHS = ("/", "/documents", "/applicants", ONE, f"{ONE}?figure=total", "/resolutions", "/profile")
WALK = {
    "login": "district",
    "password": PASSWORD,
    "sizes": [[1366, 768], [390, 844]],
    "paths": PATHS,
    "queue": "/documents",
    "key": {"code": "KeyA", "letter": "ฟ"},
}


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> dict[str, Any]:
    needs.need("node", "npm")
    if reason := install():
        needs.absent(reason)
    folder = tmp_path_factory.mktemp("old") / "home"
    with databases.home_on_sqlite(folder, sqlite_template) as home:
        waiting(home)
        with listening(home) as url:
            run = subprocess.run(
                ("node", str(ENGINES / "old_chrome.mjs")),
                input=json.dumps(WALK | {"url": url}),
                capture_output=True,
                text=True,
                timeout=300,
                check=False,
            )
    assert run.returncode == 0, run.stderr
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return found


def test_the_pages_can_be_used_on_windows_7(walked: dict[str, Any]) -> None:
    assert walked["version"].startswith("109.")
    assert walked["faults"] == []


def test_a_key_decides_there_without_leaving_the_page(walked: dict[str, Any]) -> None:
    decided = walked["decided"]
    assert decided["after"] != decided["before"]
    assert decided["kept"]
