"""A portal that listens, and Chromium driven through it by Selenium: few tests, one browser a file."""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium.common.exceptions import (
    JavascriptException,
    NoSuchElementException,
    StaleElementReferenceException,
)
from selenium.webdriver import Chrome, ChromeOptions, ChromeService, Remote
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from mochocho.app.portal.running import PortalServer
from mochocho.storage.home import Home
from tests import needs
from tests.engines.engines import HERE as ENGINES
from tests.portal.conftest import PASSWORD

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--force-device-scale-factor=1",
)
SIZES = ((1366, 768), (390, 844))  # a desk, a phone
ENLARGED = {SIZES[0]: (683, 384), SIZES[1]: (320, 700)}  # at 200 %; the 320 pixels of WCAG 1.4.10
PATIENCE = 60.0  # seconds, on a busy machine
DOUBLE_TAP = 0.4  # seconds: two touches that are nearer are one gesture, and what is typed then is lost
REPLACED = (NoSuchElementException, StaleElementReferenceException)  # the page that was asked is being left
# The middle of an element, or null where something else lies over it or it is smaller than a finger's tip.
FINGER = """
  const one = document.querySelector(arguments[0]);
  one.scrollIntoView({block: "center"});
  const box = one.getBoundingClientRect(), x = box.x + box.width / 2, y = box.y + box.height / 2;
  const there = document.elementFromPoint(x, y);
  return box.width >= 24 && box.height >= 24 && there && (one.contains(there) || there.contains(one))
    ? {x, y} : null;
"""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class Driven:
    """Chromium on one portal. `driver` is Selenium's."""

    def __init__(self, driver: Remote, url: str) -> None:
        self.driver, self.url = driver, url
        self._size = SIZES[0]

    def size(self, width: int, height: int) -> None:
        """The page's own size: a window of Chromium is never narrower than 500."""
        self._size = (width, height)
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def open(self, path: str) -> None:
        self.driver.get(self.url + path)

    def sign_in(self, role: str) -> None:
        """As the account of this role, by keyboard; whoever was signed in is out."""
        self.driver.delete_all_cookies()
        self.open("/signin")
        self.find("#login").send_keys(role)
        self.find("#password").send_keys(PASSWORD, Keys.ENTER)
        self.until("!document.querySelector('#password')")

    def find(self, css: str) -> Any:
        return self.driver.find_element(By.CSS_SELECTOR, css)

    def click(self, css: str) -> None:
        """Click what is there, or will be on the page that is being led to; needs no script."""
        wait = WebDriverWait(self.driver, PATIENCE, 0.02, REPLACED)
        wait.until(lambda _: self.find(css).click() is None)

    def tap(self, css: str) -> None:
        """Touch it with a finger, which needs 24 px (WCAG 2.5.8) and nothing lying over it."""
        self.until(f"document.querySelector({json.dumps(css)})")
        place = self.run(FINGER, css)
        assert place, f"no finger reaches {css}"
        for kind, points in (("touchStart", [place]), ("touchEnd", [])):
            self.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        time.sleep(DOUBLE_TAP)

    @contextmanager
    def with_fingers(self) -> Iterator[None]:
        """A telephone's screen that is touched."""
        self.size(390, 844)
        self.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True})
        try:
            yield
        finally:
            self.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})

    def scrolls_enlarged(self) -> bool:
        """Whether the page as it stands, in one of SIZES, would scroll sideways when it is enlarged."""
        size = self._size
        self.size(*ENLARGED[size])
        wide = self.too_wide()
        self.size(*size)
        return wide

    def run(self, script: str, *arguments: object) -> Any:
        """The value of a script's `return`."""
        return self.driver.execute_script(script, *arguments)

    def until(self, expression: str) -> None:
        """Wait until an expression of the page is true; where it fails, what it asks is not there yet."""
        WebDriverWait(self.driver, PATIENCE, 0.02, [JavascriptException]).until(
            lambda driver: driver.execute_script(
                f"return document.readyState === 'complete' && ({expression})"
            )
        )

    def becomes(self, css: str, holds: Callable[[str], bool]) -> None:
        """Wait until an element's text is as wanted on whichever page a click leads to; needs no script."""
        WebDriverWait(self.driver, PATIENCE, 0.02, REPLACED).until(lambda _: holds(self.find(css).text))

    def too_wide(self) -> bool:
        """Whether the page scrolls sideways."""
        return bool(self.run("return document.documentElement.scrollWidth > innerWidth"))

    def console(self) -> list[str]:
        """What the page complained of since this was asked last, as what its CSP refused."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]

    def picture(self, path: Path) -> None:
        path.write_bytes(self.driver.get_screenshot_as_png())

    def axe(self) -> list[str]:
        """What axe-core finds against the page as it stands, a line each."""
        core = ENGINES / "node_modules" / "axe-core" / "axe.min.js"
        if not core.is_file():
            needs.absent("axe-core is not installed: npm --prefix tests/engines ci --ignore-scripts")
        self.run(core.read_text("utf-8"))  # by the driver, which no policy of the page stops
        found = self.driver.execute_async_script(
            "const done = arguments[0]; axe.run(document).then((r) => done(JSON.stringify(r.violations)))"
        )
        return [
            f"{one['id']}: {node['html'][:120]} {node.get('failureSummary', '')}"
            for one in json.loads(found)
            for node in one["nodes"]
        ]


@contextmanager
def listening(home: Home) -> Iterator[str]:
    """The address of a portal on `home`."""
    server = PortalServer(home, "127.0.0.1", 0)
    server.start()
    try:
        yield server.url
    finally:
        server.stop()


@contextmanager
def driven(url: str) -> Iterator[Driven]:
    """Chromium on the portal at `url`; skips (or fails) the test where it is not installed."""
    needs.need("chromedriver")
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if program is None:
        needs.absent("Chromium is not installed")
    options = ChromeOptions()
    options.binary_location = program
    for flag in FLAGS:
        options.add_argument(flag)
    options.add_experimental_option("browserStartupTimeout", 180_000)  # milliseconds; by itself a minute
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = ChromeService(shutil.which("chromedriver"))
    driver = Chrome(options=options, service=service)
    try:
        driver.set_script_timeout(60)
        yield Driven(driver, url)
    finally:
        driver.quit()


def offline(browser: Driven) -> None:
    """Pages of this machine's own files alone from now on."""
    off = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
    browser.driver.execute_cdp_cmd("Network.enable", {})
    browser.driver.execute_cdp_cmd("Network.emulateNetworkConditions", off)
