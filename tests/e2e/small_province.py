"""The sample of twelve units with small photos:
played through the command line, and sent again in any order.
"""

import os
import random
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from sqlalchemy import select

from mochocho.app.demo import committee, field_day
from mochocho.app.demo.pretend_phone import Phone
from mochocho.app.demo.sample_folder import fresh_home
from mochocho.app.demo.sample_province import Plan, small
from mochocho.app.pipeline.conveyor import run_once
from mochocho.settings.config import load_settings
from mochocho.storage.db import reading
from mochocho.storage.home import Home, open_home
from reports.packet.make_packet import make_packet
from sync.openrosa.server import Server
from sync.publish.published import put_form
from sync.tables import Attachment, Officer, Submission, SubmissionVersion
from tests.e2e import launcher
from xlsforms.build import build_forms

ROOT = Path(__file__).parents[2]
PLAN = replace(small(12), photo_width=launcher.PHOTO_WIDTH)
# Each command is a process of its own: without compiled modules it would take twice as long.
AT_HOME = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": ""}
UMASK = -1 if os.name == "nt" else 0o022  # what most systems give

Done = subprocess.CompletedProcess[str]


@dataclass(frozen=True)
class Post:
    """One instance as a phone of its officer's district has it; `replaces` is the id of the one it edits."""

    instance_id: str
    replaces: str | None
    district: str
    xml: bytes
    files: Mapping[str, bytes]


def words(*words: str) -> list[str]:
    """The call of one command through the launcher."""
    return [sys.executable, str(Path(launcher.__file__)), *words]


def environment(**changes: str) -> dict[str, str]:
    """This one, in a time zone, a language and a hash seed that are always the same, then with `changes`."""
    path = os.pathsep.join([str(ROOT), *filter(None, sys.path)])
    return {**os.environ, **AT_HOME, "PYTHONPATH": path, **changes}


def mochocho(folder: Path, *arguments: str, umask: int = UMASK, **changes: str) -> Done:
    """Run one command to its end in `folder`, whatever its exit status."""
    return subprocess.run(
        words(*arguments),
        cwd=folder,
        env=environment(**changes),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        umask=umask,
        timeout=300,
        check=False,
    )


def played(checkout: Path, umask: int = UMASK, **changes: str) -> Done:
    """`mochocho demo` in a folder of its own; what it makes is in `checkout/mochocho-demo`."""
    done = mochocho(checkout, "-vv", "--debug", "demo", umask=umask, **changes)
    assert done.returncode == 0, done.stderr
    return done


def opened(folder: Path) -> Home:
    return open_home(load_settings(folder / "mochocho.toml"))


def papers(folder: Path) -> dict[str, bytes]:
    """File name -> bytes of the packet and its manifest."""
    return {path.name: path.read_bytes() for path in (*folder.glob("packet*.pdf"), folder / "manifest.json")}


def posts(folder: Path) -> list[Post]:
    """Every instance that a played province received, an original always before its edit."""
    home = opened(folder)
    query = (
        select(SubmissionVersion, Officer.districts)
        .join(Officer, SubmissionVersion.officer_id == Officer.id)
        .join(Submission, SubmissionVersion.submission_id == Submission.id)
        .order_by(
            Submission.form_id, SubmissionVersion.deprecated_id.is_not(None), SubmissionVersion.instance_id
        )
    )
    with reading(home.engine) as session:
        found = [_post(home, version, districts) for version, districts in session.execute(query).all()]
    home.engine.dispose()
    return found


def _post(home: Home, version: SubmissionVersion, districts: Sequence[str]) -> Post:
    arrived = (file for file in version.attachments if file.sha256)
    return Post(
        version.instance_id,
        version.deprecated_id,
        districts[0],
        home.store.read(version.xml_sha256),
        {file.name: home.store.read(str(file.sha256)) for file in sorted(arrived, key=_name)},
    )


def _name(file: Attachment) -> str:
    return file.name


class Province:
    """An empty home whose officers' phones send what they are told to, over HTTP."""

    def __init__(self, folder: Path, plan: Plan = PLAN) -> None:
        self.folder = folder
        self.home = fresh_home(folder, PLAN)
        for form in build_forms(self.home.pack, self.home.province, "odk"):
            put_form(self.home, form)
        self._server = Server(self.home, "127.0.0.1", 0)
        self._server.start()
        staff = field_day.hire(self.home, plan, self._server.url)
        self.phones = {o.code: Phone(o.url, f"collect:again{o.code}") for o in staff}

    def send(self, every: Iterable[Post], rng: random.Random | None = None) -> None:
        """Send instances in this order; with `rng` some in several posts, the conveyor in between."""
        for post in every:
            files = {name: partial(bytes, content) for name, content in post.files.items()}
            self.phones[post.district].send(post.xml, files, rng.choice((1, 1, 2, 3)) if rng else 1)
            if rng and rng.random() < 0.04:
                run_once(self.home)

    def resolve(self) -> None:
        """The districts' committees decide about everyone."""
        run_once(self.home)
        committee.resolve(self.home, PLAN, self.folder)

    def packet(self, name: str = "packet") -> Path:
        """What the office's commands make of it now; the folder of the packet."""
        run_once(self.home)
        make_packet(self.home, self.folder / name)
        return self.folder / name

    def close(self) -> None:
        for phone in self.phones.values():
            phone.__exit__()
        self._server.stop()
        self.home.engine.dispose()
