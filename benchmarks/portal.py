"""From a key to the next document on the screen, in a driven browser, beside a bare page of the same bytes.

python -m benchmarks.portal [--documents 40]

Photographs wait in a home; Chromium presses A for each. Measured in the page, from the key's own moment to
the second frame after the next document and its picture stand there. Beside it, in turn: the same bytes put
in place by the same script from routes that take no work, a redirection and a page, as a verdict is. Prints
median and 95th percentile of both in milliseconds, and their ratio. Exits with 1 above 100 or 250 ms.
"""

import argparse
import io
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from flask import Flask, Response, redirect, url_for
from PIL import Image

from mochocho.app.migrations.migrate import upgrade
from mochocho.app.pipeline.conveyor import run_once
from mochocho.app.portal import running
from mochocho.app.portal.access.signed_in import open_to_all
from mochocho.settings.config import Settings
from mochocho.storage.home import Home, open_home
from tests.integration import province_mirror as mirror
from tests.portal.conftest import HERE, settle
from tests.portal.driven import Driven, driven, listening

MEDIAN, P95 = 100.0, 250.0  # milliseconds
WATCH = """
window.spent = [];
let began = 0;
addEventListener("keydown", (event) => { began = event.timeStamp; }, true);
window.bare = () => { began = performance.now(); return portal.swap("/bare", "main", {focus: true}); };
document.addEventListener("portal:swapped", async () => {
  const picture = document.getElementById("picture");
  if (picture) await picture.decode().catch(() => {});
  requestAnimationFrame(() => requestAnimationFrame(() => spent.push(performance.now() - began)));
});
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--documents", type=int, default=40)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        home = prepared(Path(temporary) / "home", chosen.documents)
        with with_bare_page(), listening(home) as url, driven(url) as browser:
            ours, bare = judged(browser, chosen.documents)
        home.engine.dispose()
    for name, times in (("verdict", ours), ("bare", bare)):
        print(f"{name:8} median {statistics.median(times):6.1f} ms  p95 {p95(times):6.1f} ms")
    median = statistics.median(ours) / statistics.median(bare)
    print(f"ratio    median {median:6.2f}     p95 {p95(ours) / p95(bare):6.2f}")
    sys.exit(statistics.median(ours) > MEDIAN or p95(ours) > P95)


def prepared(folder: Path, documents: int) -> Home:
    """A home in which more than so many documents wait, each a dark photograph of its own."""
    home = open_home(Settings(home=folder))
    upgrade(home.engine)
    settle(home, 1)
    waiting, number = 0, 100
    while waiting <= documents:
        form = mirror.application(home, number, district=HERE)
        form.files = {name: photograph(number * 100 + place) for place, name in enumerate(form.files)}
        mirror.send(home, form)
        waiting, number = waiting + len(form.files), number + 1
    run_once(home)
    return home


def photograph(seed: int) -> bytes:
    """1,500 × 2,000 points, too dark to be read: a person is asked."""
    grains = np.random.default_rng(seed).integers(0, 22, (500, 375, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(grains).resize((1500, 2000)).save(out, "JPEG", quality=85)
    return out.getvalue()


@contextmanager
def with_bare_page() -> Iterator[None]:
    """A site that also has `/bare`: a redirection to the bytes of the last page with a picture."""
    made = running.create_site

    def with_bare(home: Home, **settings: object) -> Flask:
        site = made(home, **settings)  # type: ignore[arg-type]
        kept: list[bytes] = []

        def bare() -> Response:
            return redirect(url_for("bare_page"), 303)  # type: ignore[return-value]

        def bare_page() -> Response:
            return Response(kept[-1], mimetype="text/html")

        def keep(response: Response) -> Response:
            if b'id="picture"' in (response.get_data() if response.mimetype == "text/html" else b""):
                kept[:] = [response.get_data()]
            return response

        site.add_url_rule("/bare", "bare", open_to_all(bare))
        site.add_url_rule("/bare/page", "bare_page", open_to_all(bare_page))
        site.after_request(keep)
        return site

    running.create_site = with_bare  # type: ignore[assignment]
    try:
        yield
    finally:
        running.create_site = made


def judged(browser: Driven, documents: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each verdict, and of the bare page put in place after it."""
    browser.size(1366, 768)
    browser.sign_in("district")
    browser.open("/documents")
    browser.until("document.querySelector('#picture').complete")
    browser.run(WATCH)
    ours, bare = [], []
    for _ in range(documents):
        ours.append(spent(browser, lambda: press(browser)))
        at = browser.run("return location.href")
        bare.append(spent(browser, lambda: browser.run("bare()")))
        browser.run("history.replaceState(null, '', arguments[0])", at)
    return ours, bare


def press(browser: Driven) -> None:
    for kind in ("keyDown", "keyUp"):
        browser.driver.execute_cdp_cmd("Input.dispatchKeyEvent", {"type": kind, "code": "KeyA", "key": "ฟ"})


def spent(browser: Driven, work: Callable[[], object]) -> float:
    before = browser.run("return spent.length")
    work()
    browser.until(f"spent.length > {before}")
    return float(browser.run("return spent[spent.length - 1]"))


def p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95) - 1]


if __name__ == "__main__":
    main()
