"""The published forms with which instances are read."""

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property

from sqlalchemy import select

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.errors import BadInput
from sync.tables import PublishedForm
from sync.xform.binds import Binds, Path, parse_binds
from sync.xform.choices import Choices, parse_choices

# raise when sources name the forms of instances in another way: quarantined roots are then read again
READ_BY = 2


class PublishedForms:
    """Every form version published when this was made; a form is parsed when it is first asked for."""

    def __init__(self, home: Home) -> None:
        self._store = home.store
        self._binds: dict[str, Binds] = {}
        self._choices: dict[str, Mapping[Path, Choices]] = {}
        query = select(PublishedForm.form_id, PublishedForm.version, PublishedForm.xform_sha256)
        with reading(home.engine) as session:
            self._sha256 = {(form_id, version): sha for form_id, version, sha in session.execute(query)}

    @cached_property
    def digest(self) -> str:
        """Changes with anything that decides with which form something is read."""
        content = json.dumps([READ_BY, *sorted([*key, sha] for key, sha in self._sha256.items())])
        return hashlib.sha256(content.encode()).hexdigest()

    def binds(self, form_id: str, version: str) -> Binds:
        """The binds of a form version. Raises BadInput form.unknown or form.version_unknown."""
        sha256 = self._of(form_id, version)
        if sha256 not in self._binds:
            self._binds[sha256] = parse_binds(self._store.read(sha256))
        return self._binds[sha256]

    def choices(self, form_id: str, version: str) -> Mapping[Path, Choices]:
        """What the questions of a form version offer. Raises BadInput as `binds` does."""
        sha256 = self._of(form_id, version)
        if sha256 not in self._choices:
            self._choices[sha256] = parse_choices(self._store.read(sha256))
        return self._choices[sha256]

    def stands(self, form_id: str, version: str) -> bool:
        """Whether this form version was published and the store holds it."""
        sha256 = self._sha256.get((form_id, version))
        return sha256 is not None and self._store.has(sha256)

    def _of(self, form_id: str, version: str) -> str:
        sha256 = self._sha256.get((form_id, version))
        if sha256 is None:
            raise self._unknown(form_id)
        return sha256

    def _unknown(self, form_id: str) -> BadInput:
        if any(published == form_id for published, _ in self._sha256):
            return BadInput(
                "form.version_unknown",
                "แบบฟอร์มนี้เป็นรุ่นที่ยังไม่ได้เผยแพร่ในระบบนี้ เมื่อเผยแพร่รุ่นนั้นแล้วระบบจะนำเข้าให้เอง",
                "this version of the form was not published from here; once it is, the form is read by "
                "itself",
            )
        return BadInput(
            "form.unknown",
            "ระบบนี้ไม่รู้จักแบบฟอร์มนี้ หากเป็นแบบฟอร์มของงานนี้ ให้เผยแพร่แบบฟอร์มก่อน แล้วระบบจะนำเข้าให้เอง",
            "this form is not known here; if it is ours, publish it, and it is read by itself then",
        )
