"""Several pulls at once, in threads and in processes, give one record each and no error."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import func, select

from mochocho.storage.db import Base, reading
from mochocho.storage.home import Home
from sync.openrosa.source import SpoolSource
from sync.pull.pull_source import pull
from sync.tables import Attachment, Entity, Submission, SubmissionVersion
from tests.builders import JPEG, application, post, publish, uid, xform

APPLICANTS = 25
PULL = """
import sys
from pathlib import Path
from mochocho.settings.config import Settings
from mochocho.storage.home import open_home
from sync.pull.pull_source import pull
from sync.openrosa.source import SpoolSource
home = open_home(Settings(home=Path(sys.argv[1]), database_url=sys.argv[2]))
pull(home, SpoolSource(home))
home.engine.dispose()
"""


def fill(home: Home) -> None:
    """Each applicant sends an application with two photos, edits it, and everything is posted in parts."""
    publish(home, xform())
    for n in range(APPLICANTS):
        fields = {"photo": "1.jpg", "pages": [{"page": "2.jpg"}]}
        first = application(uid("k", n), fields, instance_id=uid("a", n))
        edit = application(uid("k", n), fields, instance_id=uid("b", n), deprecated_id=uid("a", n))
        for xml in (edit, first):
            post(home, xml, {"1.jpg": JPEG + bytes([n])})
            post(home, xml, {"2.jpg": JPEG})


def assert_one_record_each(home: Home) -> None:
    assert count(home, Submission) == count(home, Entity) == APPLICANTS
    assert count(home, SubmissionVersion) == 2 * APPLICANTS
    assert count(home, Attachment) == 4 * APPLICANTS
    with reading(home.engine) as session:
        missing = session.scalars(select(Attachment).where(Attachment.sha256.is_(None))).all()
        versions = set(session.scalars(select(Entity.version)))
        current = set(
            session.scalars(
                select(SubmissionVersion.instance_id).join(
                    Submission, Submission.current_id == SubmissionVersion.id
                )
            )
        )
    assert missing == []
    assert versions == {2}
    assert current == {uid("b", n) for n in range(APPLICANTS)}


def count(home: Home, table: type[Base]) -> int:
    with reading(home.engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_four_threads(any_home: Home) -> None:
    fill(any_home)
    with ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(lambda _: pull(any_home, SpoolSource(any_home)), range(4)))

    assert_one_record_each(any_home)
    assert sum(report.new for report in reports) == 2 * APPLICANTS


def test_four_processes(any_home: Home, tmp_path: Path) -> None:
    fill(any_home)
    url = any_home.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-W", "error", "-c", PULL, str(any_home.settings.home), url]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    errors = [process.communicate()[1] for process in running]

    assert errors == [""] * 4
    assert [process.returncode for process in running] == [0] * 4
    assert_one_record_each(any_home)


def test_pulls_while_phones_are_posting(any_home: Home) -> None:
    with ThreadPoolExecutor(4) as pool:
        posting = pool.submit(fill, any_home)
        while not posting.done():
            list(pool.map(lambda _: pull(any_home, SpoolSource(any_home)), range(3)))
        posting.result()
    pull(any_home, SpoolSource(any_home))

    assert_one_record_each(any_home)
