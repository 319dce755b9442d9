"""Our forms in one Central project: their state there, and publishing the next version."""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from mochocho.words.errors import MochochoError, Terminal
from mochocho.words.sentences import Sentence
from sync.central import lost_fields
from sync.central.api import Central, of
from sync.publish.protocol import Remark, What
from xlsforms.built import BuiltForm
from xlsforms.list_columns import COLUMNS
from xlsforms.names import VILLAGES

# villages are identified by codes, entities by UUIDs
LISTS = tuple(name for name in COLUMNS if name != VILLAGES)


def trashed(central: Central, form_id: str) -> bool:
    """Whether a form of this name that was once published is in the project's trash."""
    listed = central.json("GET", of("forms"), params={"deleted": "true"})
    return any(one["xmlFormId"] == form_id and one["publishedAt"] for one in listed)


def in_trash(central: Central, form_id: str) -> Remark:
    """What to do about a form in the trash: a new one with its name would prevent restoring it."""
    return Remark(
        Sentence(
            f"แบบฟอร์ม {form_id} ถูกลบในโครงการ {central.project_number} บน Central และอยู่ในถังขยะของโครงการ "
            "พร้อมข้อมูลที่ส่งเข้ามา",
            f"the form {form_id} was deleted in project {central.project_number} on Central and lies in its "
            "trash, with what phones sent in it",
        ),
        Sentence(
            "ให้กู้คืนที่นั่น (ถังขยะอยู่ใต้รายการแบบฟอร์มของโครงการ) แล้วสั่ง `mochocho forms publish` อีกครั้ง "
            "ซึ่งเปิดแบบนั้นให้เจ้าหน้าที่ทุกคน",
            "restore it there (the trash is below the project's list of forms), then `mochocho forms "
            "publish` again, which opens it to every officer",
        ),
    )


def not_there(central: Central, form_id: str) -> Remark:
    """What to do about a form that is not even in the trash."""
    return Remark(
        Sentence(
            f"ไม่มีแบบฟอร์ม {form_id} ในโครงการ {central.project_number} บน Central และไม่อยู่ในถังขยะ",
            f"the form {form_id} is not in project {central.project_number} on Central, nor in its trash",
        ),
        Sentence("ให้สั่ง `mochocho forms publish` เพื่อนำขึ้นใหม่", "`mochocho forms publish` puts it there again"),
    )


class Forms:
    """The forms of one project."""

    def __init__(self, central: Central) -> None:
        self._central = central

    def what(self, form: BuiltForm) -> What:
        """What publishing this form would be. Raises Terminal when it must not be published as it is."""
        stands = self._central.found(of("forms", form.form_id))
        if stands is None or stands.get("publishedAt") is None:
            if trashed(self._central, form.form_id):
                if stands is not None:
                    self._take_back(form.form_id)
                raise Terminal(*in_trash(self._central, form.form_id).line(self._central.key))
            return "new"
        versions = self._central.json("GET", of("forms", form.form_id, "versions"))
        if form.version in {version["version"] for version in versions}:
            self._check_same(form, stands["version"])
            return "same"
        lost_fields.check(self._central, self._central.key, form)
        return "updated"

    def publish(self, form: BuiltForm, *, new: bool) -> None:
        """Draft, files, publish; all of it or nothing. A draft left from an earlier attempt is replaced."""
        there = self._central.found(of("forms", form.form_id)) if new else True
        draft = of("forms", form.form_id, "draft")
        self._central.json(
            "POST",
            draft if there else of("forms"),
            # what Central warns of has been checked: the trash, fields with data
            params={"ignoreWarnings": "true"},
            data=form.xform.encode(),
            headers={"Content-Type": "application/xml"},
        )
        try:
            for file in self._central.json("GET", f"{draft}{of('attachments')}"):
                self._give(draft, file, form.media)
            self._central.json("POST", f"{draft}/publish")
        except MochochoError:
            with suppress(MochochoError):  # the first error says what is wrong
                self._take_back(form.form_id)
            raise

    def _take_back(self, form_id: str) -> None:
        """Delete the draft of this form, which would prevent restoring a form of its name.

        A form that was never published consists only of its draft, and goes to the trash with it.
        """
        path = of("forms", form_id)
        stands = self._central.found(path)
        if stands is not None:
            published = stands.get("publishedAt") is not None
            self._central.found(f"{path}/draft" if published else path, method="DELETE")

    def _check_same(self, form: BuiltForm, current: str) -> None:
        named = f"{self._central.key}: form {form.form_id} version {form.version}"
        if current != form.version:
            raise Terminal(
                f"{named} เผยแพร่ที่นั่นก่อน {current} แล้ว และ Central ไม่รับรุ่นเดิมซ้ำ ให้สร้างแบบเป็นรุ่นใหม่",
                f"{named} was published there before {current}, and Central takes no version twice; "
                "build the form with a new version",
            )
        path = of("forms", form.form_id, "versions", form.version)
        there = self._central.request("GET", f"{path}.xml").content
        if lost_fields.canonical(there) != lost_fields.canonical(form.xform.encode()):
            raise Terminal(
                f"{named} เผยแพร่ที่นั่นด้วยเนื้อหาอื่น ให้สร้างแบบเป็นรุ่นใหม่",
                f"{named} was published there with another content; build it with a new version",
            )
        for file in self._central.json("GET", of("forms", form.form_id, "attachments")):
            ours = form.media.get(file["name"])
            if ours is not None and not _is_list(file["name"]) and file["hash"] != _md5(ours):
                raise Terminal(
                    f"{named} เผยแพร่ที่นั่นด้วย {file['name']} อื่น และ Central ไม่เปลี่ยนไฟล์ของรุ่นที่เผยแพร่แล้ว "
                    "ให้สร้างแบบเป็นรุ่นใหม่",
                    f"{named} was published there with another {file['name']}, and Central changes no file "
                    "of a published version; build it with a new version",
                )

    def _give(self, draft: str, file: Mapping[str, Any], media: Mapping[str, bytes]) -> None:
        name = file["name"]
        path = f"{draft}{of('attachments', name)}"
        if _is_list(name):
            if not file.get("datasetExists"):
                self._central.json("PATCH", path, body={"dataset": True}, again=True)
        elif name in media:
            headers = {"Content-Type": "text/csv"}
            self._central.json("POST", path, data=media[name], headers=headers, again=True)
        else:
            raise Terminal(
                f"{self._central.key}: ไม่มีผู้ใดมีไฟล์ {name} ที่แบบฟอร์มต้องใช้",
                f"{self._central.key}: nobody has the file {name} that a form needs",
            )


def _is_list(file: str) -> bool:
    return file.removesuffix(".csv") in LISTS


def _md5(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()
