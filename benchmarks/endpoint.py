"""Posts of two photos: `mochocho serve` against a bare Flask on waitress that only writes the same to disk.

python -m benchmarks.endpoint [--phones 8 200] [--posts 600] [--rounds 5] [--beside run|serve]

The bare one saves the XML and both photos under their names, each flushed to disk, then their folder, and
answers 201: no token, no form, no receipt. Both are processes of their own, loaded by turns from a third, and
a conveyor works beside each: `run` repeats `mochocho run` on the home, `serve` leaves it at the endpoint's
own. Beside the bare one it works on a home that got as many forms before. Every phone is an officer of its
own and sends its forms one after the other.

One line a number of phones. In each round one follows the other, so that whatever else loads the machine
meets both; each figure is the median of the rounds: posts a second with their ratio, the median and the 99th
percentile of a post's seconds, and the greatest memory of the endpoint's process, alone and with those that
it began.
"""

import argparse
import http.client
import io
import os
import secrets
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
from PIL import Image

from benchmarks.demo import INTERVAL, MB
from mochocho.app.demo import instances
from mochocho.app.demo.drawings import Studio
from mochocho.app.demo.engine import Form
from mochocho.app.demo.invented_people import invent
from mochocho.app.demo.sample_folder import fresh_home
from mochocho.app.demo.sample_province import Plan, small
from mochocho.app.pipeline.conveyor import run_once
from mochocho.settings.config import load_settings
from mochocho.storage.home import Home, open_home
from mochocho.words import thai
from sync import officers
from sync.publish.published import put_form
from xlsforms import names
from xlsforms.build import build_forms

PHOTO_KB = 200
PATIENCE = 300.0  # seconds for one post; a longer one is counted as this
PAUSE = 1.0  # seconds between two runs of the conveyor
ROOT = Path(__file__).parents[1]

Make = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Load:
    """The phones' results: seconds of each post and of all together,
    and the server's largest memory in bytes.

    `memory` is of its process, `with_children` includes its child processes.
    """

    answers: tuple[float, ...]
    seconds: float
    memory: int
    with_children: int

    @property
    def rate(self) -> float:
        return len(self.answers) / self.seconds

    def at(self, share: float) -> float:
        """The time within which this share of the posts was answered."""
        return sorted(self.answers)[min(len(self.answers) - 1, int(share * len(self.answers)))]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--phones", type=int, nargs="+", default=[8, 200])
    parser.add_argument("--posts", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--beside", choices=["run", "serve"], default="run")
    parser.add_argument("--bare", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--conveyor", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, default=0, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.bare:
        _serve_bare(chosen.bare, chosen.port)
    elif chosen.conveyor:
        _keep_working(chosen.conveyor)
    else:
        for phones in chosen.phones:
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
                print(_compared(Path(folder), phones, chosen.posts, chosen.rounds, chosen.beside), flush=True)


def _compared(folder: Path, phones: int, posts: int, rounds: int, beside: str) -> str:
    world = World(folder, phones)
    loads = [_round(world, posts, beside) for _ in range(rounds)]

    def median(figure: Callable[[Load], float]) -> str:
        ours = statistics.median(figure(ours) for ours, _ in loads)
        bare = statistics.median(figure(bare) for _, bare in loads)
        return f"{ours:.2f} of {bare:.2f}"

    def ratio(figure: Callable[[Load], float]) -> str:
        found = sorted(figure(ours) / figure(bare) for ours, bare in loads)
        return f"{statistics.median(found):.2f} ({found[0]:.2f} to {found[-1]:.2f})"

    def p99(load: Load) -> float:
        return load.at(0.99)

    return (
        f"{phones:4d} phones: {median(lambda load: load.rate)} posts/s = {ratio(lambda load: load.rate)}"
        f"   p50 {median(lambda load: load.at(0.5))} s"
        f"   p99 {median(p99)} s = {ratio(p99)}"
        f"   {median(lambda load: load.memory / MB)} MB"
        f", with children {median(lambda load: load.with_children / MB)}"
    )


def _round(world: "World", posts: int, beside: str) -> tuple[Load, Load]:
    # Ours first: what it receives is the work of the conveyor beside the bare server.
    with world.serving() as (process, urls), world.working(world.home, beside == "run"):
        ours = _load(process, urls, world.make, posts)
    with world.bare() as (process, urls), world.working(world.filled(), True):
        return ours, _load(process, urls, world.make, posts)


class World:
    """A province with its officers, and the forms their phones send."""

    def __init__(self, folder: Path, phones: int) -> None:
        self._folder = folder
        self.home = folder / "home"
        plan = small(12)
        home = fresh_home(self.home, plan)
        for form in build_forms(home.pack, home.province, "odk"):
            put_form(home, form)
        codes = [district.code for district in home.province.districts]
        self._tokens = [officers.add(home, f"นางสาวตัวอย่าง {n}", codes)[1] for n in range(phones)]
        self._template = _filled(home, plan)
        self._photo = _photo()
        home.engine.dispose()

    def make(self) -> bytes:
        """The body of one post that has not been sent before."""
        xml, (first, second) = self._template
        number = f"10000{secrets.randbelow(10**7):07d}"
        for old, new in (
            (b"@instance@", str(uuid.uuid4()).encode()),
            (b"@entity@", str(uuid.uuid4()).encode()),
            (b"@person@", (number + thai.national_id_check_digit(number)).encode()),
        ):
            xml = xml.replace(old, new)
        parts = [("xml_submission_file", "submission.xml", xml)]
        parts += [(name, name, self._another()) for name in (first, second)]
        body = b"".join(
            f'--b\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n\r\n'.encode()
            + content
            + b"\r\n"
            for name, file, content in parts
        )
        return body + b"--b--\r\n"

    def _another(self) -> bytes:
        """The photo with a comment of its own: other bytes, the same picture."""
        comment = secrets.token_bytes(16)
        return self._photo[:2] + b"\xff\xfe" + (2 + len(comment)).to_bytes(2) + comment + self._photo[2:]

    @contextmanager
    def serving(self) -> Iterator[tuple[psutil.Popen, list[str]]]:
        port = _free_port()
        call = ["-m", "mochocho.app.commands.cli", "--config", str(self.home / "mochocho.toml"), "serve"]
        with _process([*call, "--port", str(port)], port) as process:
            yield process, [f"http://127.0.0.1:{port}/key/{token}/submission" for token in self._tokens]

    @contextmanager
    def bare(self) -> Iterator[tuple[psutil.Popen, list[str]]]:
        port, folder = _free_port(), self._folder / "bare"
        folder.mkdir(exist_ok=True)
        call = ["-m", "benchmarks.endpoint", "--bare", str(folder), "--port", str(port)]
        with _process(call, port) as process:
            yield process, [f"http://127.0.0.1:{port}/submission"] * len(self._tokens)

    def filled(self) -> Path:
        """A home with everything that was sent, not yet processed."""
        other = self._folder / f"filled-{secrets.token_hex(4)}"
        left_out = shutil.ignore_patterns("mochocho.db*", "*.lock", "cache")
        # Links, because writing as many bytes would cause flushes while the next server is measured.
        shutil.copytree(self.home, other, ignore=left_out, copy_function=os.link)
        return _emptied(other)

    @contextmanager
    def working(self, home: Path, whether: bool) -> Iterator[None]:
        if not whether:
            yield
            return
        call = [sys.executable, "-m", "benchmarks.endpoint", "--conveyor", str(home)]
        process = subprocess.Popen(call, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield
        finally:
            process.kill()
            process.wait()


def _emptied(folder: Path) -> Path:
    """A copy with empty tables and newly published forms, as if the spool had just come."""
    from mochocho.app.migrations.migrate import upgrade

    home = open_home(load_settings(folder / "mochocho.toml"))
    upgrade(home.engine)
    for form in build_forms(home.pack, home.province, "odk"):
        put_form(home, form)
    home.engine.dispose()
    return folder


def _filled(home: Home, plan: Plan) -> tuple[bytes, tuple[str, str]]:
    """A leader's application with placeholders for what differs, and the names of two of its photos."""
    form = next(
        form for form in build_forms(home.pack, home.province, "odk") if form.form_id == names.APPLICATION
    )
    unit = next(unit for unit in plan.units if unit.type == "leader" and unit.fault is None)
    filled = instances.application(unit, home.pack.standard(unit.type), "5701", Studio(320))
    xml = Form(form.xform.encode()).fill(filled.answers, filled.stamp)
    for old, new in (
        (filled.stamp.instance_id, "@instance@"),
        (filled.stamp.entity_id, "@entity@"),
        (invent(unit).national_id, "@person@"),
    ):
        xml = xml.replace(old.encode(), new.encode())
    first, second, *_ = filled.files
    return xml, (first, second)


def _photo() -> bytes:
    """A JPEG as large as those of a phone that shrinks photos before sending."""
    file = io.BytesIO()
    noise = Image.effect_noise((800, 600), 60).convert("RGB")
    noise.save(file, "JPEG", quality=60)
    return file.getvalue().ljust(PHOTO_KB * 1024, b"\0")


def _load(process: psutil.Popen, urls: Sequence[str], make: Make, posts: int) -> Load:
    each = max(1, posts // len(urls))
    begin = threading.Barrier(len(urls) + 1)
    memory = [0, 0]

    def phone(url: str) -> list[float]:
        bodies = [make() for _ in range(min(each, 4))]
        begin.wait()
        return [_post(url, bodies.pop() if bodies else make()) for _ in range(each)]

    stop = threading.Event()
    watch = threading.Thread(target=_watch, args=(process, memory, stop))
    watch.start()
    with ThreadPoolExecutor(len(urls)) as pool:
        running = [pool.submit(phone, url) for url in urls]
        begin.wait()
        began = time.monotonic()
        answers = [seconds for one in running for seconds in one.result()]
        took = time.monotonic() - began
    stop.set()
    watch.join()
    return Load(tuple(answers), took, *memory)


def _post(url: str, body: bytes) -> float:
    """Seconds until it was accepted, trying again as a phone does."""
    host, _, path = url.removeprefix("http://").partition("/")
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        connection = http.client.HTTPConnection(host, timeout=PATIENCE)
        try:
            headers = {"Content-Type": "multipart/form-data; boundary=b"}
            connection.request("POST", f"/{path}", body, headers)
            answer = connection.getresponse()
            said = answer.read()
            if answer.status == 201:
                return time.monotonic() - began
            raise RuntimeError(f"{answer.status}: {said.decode(errors='replace')}")
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    return PATIENCE


def _watch(process: psutil.Popen, memory: list[int], stop: threading.Event) -> None:
    while not stop.wait(INTERVAL):
        of_all = process.memory_info().rss + sum(map(_bytes_of, process.children(recursive=True)))
        memory[:] = max(memory[0], process.memory_info().rss), max(memory[1], of_all)


def _bytes_of(process: psutil.Process) -> int:
    with suppress(psutil.Error):  # it has ended
        return int(process.memory_info().rss)
    return 0


@contextmanager
def _process(call: Sequence[str], port: int) -> Iterator[psutil.Popen]:
    process = psutil.Popen(
        [sys.executable, *call], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert process.poll() is None, "the server does not start"
                time.sleep(0.1)
        yield process
    finally:
        process.kill()  # otherwise a conveyor would first finish its work
        process.wait()


def _serve_bare(folder: Path, port: int) -> None:
    from flask import Flask, request
    from waitress import serve

    app = Flask(__name__, static_folder=None)

    @app.post("/submission")
    def submission() -> tuple[str, int]:
        here = folder / secrets.token_hex(8)
        here.mkdir()
        for name, file in request.files.items():
            path = here / f"{len(name)}-{secrets.token_hex(4)}"
            file.save(path)
            _flush(path)
        _flush(here)
        return "<ok/>", 201

    serve(app, host="127.0.0.1", port=port, threads=8, connection_limit=1000, asyncore_use_poll=True)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def _keep_working(folder: Path) -> None:
    home = open_home(load_settings(folder / "mochocho.toml"))
    while True:
        run_once(home)
        time.sleep(PAUSE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
