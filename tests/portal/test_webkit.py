"""The pages that a phone opens in WebKit, as an iPhone has it: WebKitGTK on a screen of its own."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium.webdriver import Remote, WebKitGTKOptions, WebKitGTKService
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection

from tests import databases, needs
from tests.integration.province_mirror import ENTITY
from tests.portal.driven import Driven, listening
from tests.portal.test_queue_driven import waiting

pytestmark = pytest.mark.long  # its packages are no others' need
ONE = f"/applicants/{ENTITY.format(1)}"
PATHS = ("/", "/documents", "/applicants", ONE, f"{ONE}?figure=total", "/profile")


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    needs.need("Xvfb", "WebKitWebDriver")
    read, write = os.pipe()
    server = subprocess.Popen(
        ("Xvfb", "-displayfd", str(write), "-screen", "0", "800x900x24"),
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    with os.fdopen(read) as told:
        os.close(write)
        monkeypatch.setenv("DISPLAY", f":{told.readline().strip()}")
    yield
    server.terminate()
    server.wait()


@pytest.fixture
def phone(screen: None, tmp_path: Path, sqlite_template: Path) -> Iterator[Driven]:
    program = next(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"), None)
    if program is None:
        needs.absent("WebKit's MiniBrowser is not installed")
    options = WebKitGTKOptions()
    options.binary_location = str(program)
    options.add_argument("--automation")
    with databases.home_on_sqlite(tmp_path / "home", sqlite_template) as home:
        waiting(home)
        with listening(home) as url, driver_of(options) as driver:
            driver.set_window_size(390, 844)
            yield Driven(driver, url)


@contextmanager
def driver_of(options: WebKitGTKOptions) -> Iterator[Remote]:
    service = WebKitGTKService(shutil.which("WebKitWebDriver"))
    service.start()
    try:
        connection = RemoteConnection(client_config=ClientConfig(service.service_url))
        driver = Remote(connection, options=options)
        yield driver
        driver.quit()
    finally:
        service.stop()


def test_a_phone_judges_a_document(phone: Driven) -> None:
    phone.sign_in("district")
    for path in PATHS:
        phone.open(path)
        assert phone.axe() == [], path
        assert not phone.too_wide(), path
    phone.open("/documents")
    before = phone.find("#waiting").text
    phone.run("window.kept = true")
    phone.click("button[value=accept]")
    phone.becomes("#waiting", lambda text: text != before)
    assert phone.run("return window.kept")
    assert phone.run("return document.activeElement.id") == "who"
    assert "รับแล้ว" in phone.find("#live").text
