"""Which form and version of ours a row was filled in with.

KoboToolbox numbers the deployments of a project itself and writes that into forms and instances: `2
(2026-11-28 16:10:02)`, whatever the version in our form's settings. Our version is only in the content of the
asset's version that a row names in `__version__`.
"""

import re
import threading

from mochocho.storage.db import insert_or_ignore, reading, transaction
from mochocho.storage.home import Home
from sync.kobo.api import Api
from sync.kobo.projects import settings_of
from sync.tables import ServerVersion
from sync.xform.reader import Form

_LABEL = re.compile(r"(\d+) \(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\)")


class AssetVersions:
    """The versions of an account's projects. Each is requested once and cached: its content never changes.

    The server accepts rows of versions that it does not know; each instance of this class asks for those
    once.
    """

    def __init__(self, key: str, home: Home, api: Api) -> None:
        self._key = key
        self._home = home
        self._api = api
        self._lock = threading.Lock()  # rows of one version are read in several threads
        self._known: dict[tuple[str, str], Form | None] = {}  # project and version
        self._numbers: dict[tuple[str, str], str | None] = {}  # project and number -> version

    def form_of(self, form_id: str, uid: str, version: str | None, label: str) -> Form:
        """The form of a row of the project `uid`, which holds the form `form_id`.

        `version`: the asset's version that the row names; rows of old forms name none, and only the `label`
        in their XML is left. If neither is known, the label is the version, which matches no form of ours.
        """
        with self._lock:
            named = version or self._numbered(uid, label)
            found = self._look_up(form_id, uid, named) if named else None
        return found or (form_id, label)

    def _numbered(self, uid: str, label: str) -> str | None:
        """The version whose deployment has the number in this label."""
        found = _LABEL.fullmatch(label)
        if found is None:
            return None
        at = (uid, found[1])
        if at not in self._numbers:
            deployed = [one for one in self._api.versions(uid) if one.get("date_deployed")]
            self._numbers |= {(uid, str(one.get("version_number"))): str(one["uid"]) for one in deployed}
        return self._numbers.setdefault(at, None)

    def _look_up(self, form_id: str, uid: str, version: str) -> Form | None:
        at = (uid, version)
        if at not in self._known:
            self._known[at] = self._kept(*at) or self._ask(form_id, *at)
        return self._known[at]

    def _kept(self, uid: str, version: str) -> Form | None:
        with reading(self._home.engine) as session:
            row = session.get(ServerVersion, (self._key, uid, version))
            return (row.form_id, row.version) if row else None

    def _ask(self, form_id: str, uid: str, version: str) -> Form | None:
        content = self._api.version(uid, version)
        if content is None:
            return None
        said = settings_of(content)
        form = (str(said.get("id_string") or form_id), str(said.get("version") or ""))
        row = {"server": self._key, "remote_id": uid, "remote_version": version}
        with transaction(self._home.engine, counted=False) as session:
            insert_or_ignore(session, ServerVersion, [{**row, "form_id": form[0], "version": form[1]}])
        return form
