"""What was changed in the settings, as the log says it, and where a form says what is wrong. Pure."""

from collections.abc import Mapping
from typing import Any

from mochocho.app.portal.form_errors import FieldError, FormErrors
from mochocho.app.portal.pages.settings.settings_fields import ASSESSORS, PARTS, Part
from mochocho.app.portal.pages.settings.typed_settings import ROW, at, shown
from mochocho.settings.config import Fault
from mochocho.settings.settings_edit import Place

_ROW_TH = dict(zip(ROW, ("ชื่อ", "อำเภอ", "คณะกรรมการ", "หน้าที่"), strict=True))
_LONGEST = 2000


def told(changes: Mapping[Place, Any], before: Mapping[str, Any]) -> str:
    """Every change with what was and what is."""
    return " / ".join(_one(place, value, before) for place, value in changes.items())[:_LONGEST]


def placed(part: Part, faults: tuple[Fault, ...]) -> FormErrors:
    """What is wrong, at the fields of this part's form."""
    words = {field.name: field.th for field in part.fields}
    fields: dict[str, FieldError] = {}
    whole = []
    for fault in faults:
        name = ".".join(fault.path)
        if name in words:
            fields[name] = FieldError(words[name], fault.said.th)
        elif fault.path[:2] == ASSESSORS and len(fault.path) > 2:
            column = fault.path[3] if len(fault.path) > 3 and fault.path[3] in _ROW_TH else ROW[0]
            row = f"กรรมการแถวที่ {int(fault.path[2]) + 1} {_ROW_TH[column]}"
            fields[f"row-{fault.path[2]}-{column}"] = FieldError(row, fault.said.th)
        else:
            whole.append(fault.said.th)
    return FormErrors(fields, tuple(whole))


def _one(place: Place, value: Any, before: Mapping[str, Any]) -> str:
    if place == ASSESSORS:
        former = {str(one.get("name", "")) for one in at(before, ASSESSORS) or ()}
        names = {str(one["name"]) for one in value}
        parts = (("เพิ่ม", names - former), ("ตัดออก", former - names))
        said = [f"{word} {', '.join(sorted(some))}" for word, some in parts if some] or ["แก้อำเภอหรือหน้าที่"]
        return f"กรรมการผู้ประเมิน: {' '.join(said)}"
    field = next((one for part in PARTS for one in part.fields if one.place == place), None)
    if field is None:
        return f"ลบ {'.'.join(place)}"
    after: dict[str, Any] = {}
    inner = after
    for name in place[:-1]:
        inner = inner.setdefault(name, {})
    inner[place[-1]] = value
    was, becomes = (shown(field, values).replace("\n", ", ") or "ว่าง" for values in (before, after))
    return f"{field.th}: จาก {was} เป็น {becomes}"
