"""Problems on Central, present or coming: permissions that we lack, forms that are gone or closed."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from mochocho.words.sentences import Sentence
from sync.central.api import Central, of
from sync.central.forms import in_trash, not_there, trashed
from sync.publish.protocol import Remark

_STATES = {
    "closed": Sentence(
        "ปิดอยู่บน Central จึงไม่รับสิ่งที่โทรศัพท์ส่ง", "is closed on Central, which refuses what phones send of it"
    ),
    "closing": Sentence(
        "กำลังปิดบน Central: เครื่องที่มีแบบแล้วยังส่งได้ เครื่องอื่นไม่ได้รับแบบ",
        "is closing on Central: phones that have it may send, and no other gets it",
    ),
}

# One verb for each kind of our work; a read-only account has none of them, a Project Manager all.
_NEEDED = {"form.update", "dataset.update", "entity.update", "submission.update", "field_key.create"}


def remarks(central: Central, form_ids: Collection[str]) -> list[Remark]:
    """`form_ids`: the forms that we published there."""
    project = central.project()
    return [*_of_project(central, project), *_of_forms(central, form_ids)]


def _of_project(central: Central, project: Mapping[str, Any]) -> Iterator[Remark]:
    if not set(project.get("verbs", _NEEDED)) >= _NEEDED:
        yield Remark(
            Sentence(
                f"บัญชีนี้อ่านโครงการ {central.project_number} ได้แต่แก้ไขไม่ได้ "
                "จึงเผยแพร่แบบ ส่งรายชื่อ และแจ้งผลกลับพื้นที่ไม่ได้",
                f"this account may read project {central.project_number} and not change it: nothing is "
                "published there, no list and no answer reaches the field",
            ),
            Sentence("ให้ตั้งบัญชีเป็น Project Manager ที่นั่น", "make it a Project Manager there"),
        )
    if project.get("archived"):
        yield Remark(
            Sentence(
                f"โครงการ {central.project_number} ถูกเก็บเข้าคลังบน Central",
                f"project {central.project_number} is archived on Central",
            ),
            Sentence(
                "ทุกอย่างทำงานต่อ แต่คนจะเห็นโครงการอยู่ใต้โครงการอื่น",
                "all goes on, but people see it there below the others",
            ),
        )


def _of_forms(central: Central, form_ids: Collection[str]) -> Iterator[Remark]:
    listed = central.json("GET", of("forms"))
    there = {form["xmlFormId"] for form in listed if form["publishedAt"]}
    for name in sorted(set(form_ids) - there):
        yield in_trash(central, name) if trashed(central, name) else not_there(central, name)
    for form in listed:
        said = _STATES.get(form["state"])
        if said and form["xmlFormId"] in form_ids:
            name = form["xmlFormId"]
            yield Remark(
                Sentence(f"แบบฟอร์ม {name} {said.th}", f"the form {name} {said.en}"),
                Sentence("ให้เปิดที่นั่น ในหน้า Settings ของแบบ", "open it there, in the form's settings"),
            )
