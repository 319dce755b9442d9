"""Lists beside KoboToolbox forms, for the forms that read them;
each form is deployed once for all its lists.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words.clocks import within
from mochocho.words.errors import Terminal
from sync.kobo.api import Api, Json
from sync.kobo.media import (
    Rows,
    changed_rows,
    csv_of,
    hashes_of,
    offered,
    refuse_archived,
    replace_files,
    standing,
    wait_until_offered,
)
from sync.kobo.projects import Projects
from sync.tables import PublishedForm, ServerList

_CHANGING = ""  # the digest of a list while it is being replaced
_LIST_FILE = re.compile(r'src="jr://file(?:-csv)?/([^"/]*)\.csv"')


class ProjectLists:
    """The lists of one server; what was put there is noted, so that an unchanged list needs no request."""

    def __init__(self, key: str, home: Home, api: Api, projects: Projects, pause: Callable[[], None]) -> None:
        self.key = key
        self._home = home
        self._api = api
        self._projects = projects
        self._pause = pause

    def put(self, lists: Mapping[str, Rows]) -> dict[str, int]:
        """Replace these lists beside every form that reads them.

        Returns how many rows of each were changed. Makes no requests where nothing differs from the last
        time. Raises Transient when phones do not get them in time: the next call continues from there.
        """
        users = self._users()
        files = {name: csv_of(name, rows) for name, rows in lists.items()}
        marks = {name: _mark(content, users, name) for name, content in files.items()}
        due = [name for name, mark in marks.items() if self._noted(name) != mark]
        counts = dict.fromkeys(lists, 0)
        self._note(dict.fromkeys((n for n in due if self._noted(n) is not None), _CHANGING))
        wanted_by = {uid: {f"{n}.csv": files[n] for n in due if n in used} for uid, used in users.items()}
        projects = {uid: self._listed_project(uid) for uid, wanted in wanted_by.items() if wanted}
        for uid, project in projects.items():
            for name, count in self._put_files(uid, project, wanted_by[uid]).items():
                counts[name] = max(counts[name], count)
        for uid in projects:  # the server works on all of them at the same time
            wait_until_offered(self._api, uid, hashes_of(wanted_by[uid]), self._pause)
        self._note({name: marks[name] for name in due})
        return counts

    def rested(self, name: str, seconds: float) -> bool:
        """Whether it may be put again: after `seconds`, or at once if the last time was interrupted."""
        with reading(self._home.engine) as session:
            row = session.get(ServerList, (self.key, name))
        if row is None or row.sha256 == _CHANGING:
            return True
        return not within(row.put_at, datetime.now(UTC), seconds)

    def _users(self) -> dict[str, frozenset[str]]:
        """Project -> the lists read by the form published there."""
        users = {}
        for form_id, (uid, version) in self._projects.published().items():
            with reading(self._home.engine) as session:
                row = session.get(PublishedForm, (form_id, version))
            xform = self._home.store.read(row.xform_sha256).decode() if row else ""
            users[uid] = frozenset(_LIST_FILE.findall(xform))
        return users

    def _listed_project(self, uid: str) -> Json:
        """A project whose lists may be replaced.

        Raises Terminal where deploying would change more than lists.
        """
        project = self._api.project(uid)
        refuse_archived(project, self.key)
        if project.get("version_id") != project.get("deployed_version_id"):
            raise Terminal(
                f"{self.key}: แบบฟอร์มของโครงการ {uid} ถูกแก้ที่นั่นและยังไม่ได้ Deploy จึงยังไม่วางรายชื่อ "
                "ให้สั่ง `mochocho forms publish` เพื่อแก้กลับ",
                f"{self.key}: the form of the project {uid} was changed and not deployed, so no list is put "
                "there; `mochocho forms publish` sets it right",
            )
        return project

    def _put_files(self, uid: str, project: Json, wanted: Mapping[str, bytes]) -> dict[str, int]:
        """Replace the files that differ and deploy; list -> how many rows were changed."""
        there = standing(self._api, uid)
        counts = {}
        for file, content in wanted.items():
            before = self._api.file(uid, there[file][0]) if file in there else None
            counts[file.removesuffix(".csv")] = changed_rows(before, content)
        if replace_files(self._api, uid, there, wanted) or not offered(self._api, uid, hashes_of(wanted)):
            self._api.deploy(uid, str(project["version_id"]), again=True)
        return counts

    def _noted(self, name: str) -> str | None:
        with reading(self._home.engine) as session:
            row = session.get(ServerList, (self.key, name))
            return row.sha256 if row else None

    def _note(self, marks: Mapping[str, str]) -> None:
        with transaction(self._home.engine, counted=False) as session:  # also of a cycle that is closed
            for name, mark in marks.items():
                row = session.get(ServerList, (self.key, name))
                if row is None:
                    row = ServerList(server=self.key, name=name, overruled=0)
                    session.add(row)
                row.sha256 = mark
                row.put_at = datetime.now(UTC)


def _mark(content: bytes, users: Mapping[str, frozenset[str]], name: str) -> str:
    """Digest of the rows and of the forms that read them: a newly published form has none of the rows yet."""
    digest = hashlib.sha256(content)
    for uid in sorted(uid for uid, used in users.items() if name in used):
        digest.update(f"\n{uid}".encode())
    return digest.hexdigest()
