"""A province of 12 units in separate processes that may be killed: serve, send, run, compare."""

import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import requests
from lxml import etree

from mochocho.app.demo import committee, instances
from mochocho.app.demo.drawings import Studio
from mochocho.app.demo.field_day import Officer, hire
from mochocho.app.demo.instances import Filled
from mochocho.app.demo.pretend_phone import Phone
from mochocho.app.demo.sample_folder import fresh_home
from mochocho.app.demo.sample_province import Plan, small
from mochocho.settings.config import load_settings
from mochocho.standards.load import load_pack
from mochocho.storage.db import reading
from mochocho.storage.home import Home, open_home
from sync.publish.published import put_form
from sync.tables import Entity, SubmissionVersion
from xlsforms import names
from xlsforms.build import build_forms

VICTIM = Path(__file__).with_name("victim.py")
SAMPLE = "2568-sample"
PATIENCE = 120.0  # seconds until something that should happen counts as never happening

Order = Sequence[str]  # what victim.py is told: ("record", FILE), ("kill", NAME, NTH) or ()


def plan() -> Plan:
    """Twelve units with small photos: the road is the same, the minutes are not."""
    whole = small(12)
    return Plan(whole.province, whole.districts, whole.units, photo_width=320)


@dataclass
class Road:
    """One home in one folder, its officers' phones, and what has been answered 201."""

    folder: Path
    officers: tuple[Officer, ...]
    port: int
    answered: set[str] = field(default_factory=set)

    @property
    def config(self) -> Path:
        return self.folder / "mochocho.toml"

    def copy(self, folder: Path) -> "Road":
        shutil.copytree(self.folder, folder)
        return Road(folder, self.officers, self.port, set(self.answered))

    def home(self) -> Home:
        return open_home(load_settings(self.config))


def prepare(folder: Path) -> Road:
    """A home with published forms and hired officers, that nobody has sent anything to."""
    port = _free_port()
    home = fresh_home(folder, plan())
    for form in build_forms(home.pack, home.province, "odk"):
        put_form(home, form)
    staff = hire(home, plan(), f"http://127.0.0.1:{port}")
    home.engine.dispose()
    with (folder / "mochocho.toml").open("a") as settings:
        settings.write("\n[endpoint]\ntick_seconds = 0.2\n")
    return Road(folder, staff, port)


def mochocho(road: Road, *arguments: str, order: Order = ()) -> int:
    """Run one command to its end; its exit status, negative when a signal ended it."""
    done = subprocess.run(
        _command(road, arguments, order), capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    if done.returncode not in (0, -signal.SIGKILL):
        raise AssertionError(f"mochocho {arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.returncode


def collect(road: Road, order: Order = (), kill_after: float | None = None) -> None:
    """All phones send everything to `serve`, which is started again whenever it dies."""
    staff = {officer.district: officer for officer in road.officers}
    server = _Server(road, order, kill_after)
    try:
        _send_all(road, server, staff, _applications)
        _wait(lambda: _listed(road), server)
        _send_all(road, server, staff, _sheets)
    finally:
        server.stop()


def finish(road: Road, order: Order = ()) -> int:
    """`mochocho run`, once; pulls what was answered, assesses, makes the packet."""
    return mochocho(road, "run", order=order)


def decide(road: Road) -> None:
    """The clerk's Excel file with the district's resolutions."""
    mochocho(road, "pull")
    mochocho(road, "assess")
    home = road.home()
    committee.resolve(home, plan(), road.folder)
    home.engine.dispose()


def in_database(road: Road) -> set[str]:
    """The instance ids that the database holds."""
    home = road.home()
    with reading(home.engine) as session:
        held = {str(row) for (row,) in session.query(SubmissionVersion.instance_id)}
    home.engine.dispose()
    return held


def papers(road: Road) -> dict[str, bytes]:
    """File name -> bytes of the packet."""
    folder = road.home().settings.packet_dir
    return {
        path.name: path.read_bytes() for path in sorted(folder.iterdir()) if not path.name.startswith(".")
    }


class _Server:
    """`mochocho serve` that is restarted, without the order to die, whenever it is found dead."""

    def __init__(self, road: Road, order: Order, kill_after: float | None) -> None:
        self._road = road
        self._process = self._start(order)
        self._kill_at = None if kill_after is None else time.monotonic() + kill_after

    def revive(self) -> None:
        if self._kill_at is not None and time.monotonic() >= self._kill_at:
            self._process.kill()
            self._process.wait()
            self._kill_at = None
        if self._process.poll() is not None:
            assert self._process.returncode == -signal.SIGKILL, self._process.returncode
            self._process = self._start(())

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(PATIENCE)

    def _start(self, order: Order) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            _command(self._road, ("serve", "--port", str(self._road.port)), order),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def _send_all(
    road: Road,
    server: _Server,
    staff: dict[str, Officer],
    filled: Callable[[Phone, Officer], Iterator[tuple[bytes, Filled]]],
) -> None:
    for officer in staff.values():
        with Phone(officer.url, f"collect:crash{officer.code}") as phone:
            _stubbornly(phone.refresh, server)
            for xml, form in filled(phone, officer):
                _stubbornly(lambda xml=xml, form=form: phone.send(xml, form.files), server)  # type: ignore[misc]
                road.answered.add(_instance_id(xml))


def _applications(phone: Phone, officer: Officer) -> Iterator[tuple[bytes, Filled]]:
    studio, pack = Studio(plan().photo_width), load_pack(SAMPLE).pack
    for unit in plan().of(officer.district):
        forms = [instances.application(unit, pack.standard(unit.type), officer.code, studio)]
        if unit.edit is not None:
            forms.append(instances.edited_application(unit, pack.standard(unit.type), officer.code, studio))
        for form in forms:
            yield phone.fill(names.APPLICATION, form), form


def _sheets(phone: Phone, officer: Officer) -> Iterator[tuple[bytes, Filled]]:
    studio, pack = Studio(plan().photo_width), load_pack(SAMPLE).pack
    for unit in plan().of(officer.district):
        for form in instances.sheets(unit, pack.standard(unit.type), officer.code, studio):
            yield phone.fill(names.ONSITE, form), form


def _stubbornly(send: Callable[[], None], server: _Server) -> None:
    """As Collect does: whatever is not answered is sent again, whole."""
    until = time.monotonic() + PATIENCE
    while True:
        server.revive()
        try:
            return send()
        except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError):
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _listed(road: Road) -> bool:
    home = road.home()
    with reading(home.engine) as session:
        listed = session.query(Entity).count()
    home.engine.dispose()
    return listed == len(plan().units)


def _wait(reached: Callable[[], bool], server: _Server) -> None:
    until = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < until, "the applicants never appeared in the phones' lists"
        server.revive()
        time.sleep(0.1)


def _command(road: Road, arguments: Sequence[str], order: Order) -> list[str]:
    program = (
        [sys.executable, str(VICTIM), *order, "--"]
        if order
        else [sys.executable, "-m", "mochocho.app.commands.cli"]
    )
    return [*program, "--config", str(road.config), *arguments]


def _instance_id(xml: bytes) -> str:
    return (etree.fromstring(xml).findtext(".//{*}instanceID") or "").removeprefix("uuid:")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
