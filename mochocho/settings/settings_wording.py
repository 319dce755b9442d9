"""What pydantic found wrong with a setting, as a Thai sentence that says what to write. Pure."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

_TEXT = 'ต้องเป็นข้อความในเครื่องหมายคำพูด เช่น "เชียงราย"'
_WHOLE = "ต้องเป็นจำนวนเต็มเลขอารบิก ไม่มีเครื่องหมายคำพูด เช่น 8420"
_NUMBER = "ต้องเป็นตัวเลขอารบิก ไม่มีเครื่องหมายคำพูด เช่น 2.5"
_SWITCH = "ต้องเป็น true หรือ false (ตัวเล็ก ไม่มีเครื่องหมายคำพูด)"
_DAY = "ต้องเป็นวันที่แบบ ปี ค.ศ.-เดือน-วัน เช่น 2025-05-01"
_LIST = 'ต้องเป็นรายการในวงเล็บเหลี่ยม เช่น ["แม่จัน", "ฝาง"]'
_TABLE = "ต้องเป็นหัวข้อที่มีการตั้งค่าย่อย ดูตัวอย่างจาก `mochocho init`"

# Error type of pydantic -> what to write; braces are filled from the error's context.
_WHAT = {
    "missing": "ยังไม่ได้ตั้งค่านี้ ให้เพิ่มบรรทัด",
    "string_type": _TEXT,
    "secret_string_type": _TEXT,
    "string_too_short": "ต้องยาวอย่างน้อย {min_length} ตัวอักษร",
    "string_too_long": "ต้องยาวไม่เกิน {max_length} ตัวอักษร",
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "bool_type": _SWITCH,
    "bool_parsing": _SWITCH,
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "path_type": _TEXT,
    "tuple_type": _LIST,
    "list_type": _LIST,
    "model_type": _TABLE,
    "model_attributes_type": _TABLE,
    "dict_type": _TABLE,
    "greater_than": "ต้องมากกว่า {gt}",
    "greater_than_equal": "ต้องไม่น้อยกว่า {ge}",
    "less_than_equal": "ต้องไม่เกิน {le}",
    "literal_error": "ต้องเป็น {expected}",
}
# The same for patterns, by the setting's own name.
_SHAPES = {
    "number": 'ต้องเป็นเลขที่แบบ "1/2568" (ปี พ.ศ. สี่หลัก ในเครื่องหมายคำพูด)',
    "starts": 'ต้องเป็นเวลาแบบ "09:00" (ชั่วโมงสองหลัก)',
    "ends": 'ต้องเป็นเวลาแบบ "14:30" (ชั่วโมงสองหลัก ไม่เกิน 23:59)',
    "key": "ต้องเป็นอักษรอังกฤษตัวเล็ก ตัวเลข หรือ - ไม่เกิน 40 ตัว",
    "url": "ต้องเป็นที่อยู่เว็บแบบ https://kc.example.go.th โดยไม่มีชื่อผู้ใช้ ? หรือ #",
    "web_form": "ต้องเป็นที่อยู่เว็บที่ขึ้นต้นด้วย https://",
    **dict.fromkeys(("name", "telephone", "retention_basis"), "ต้องเป็นบรรทัดเดียว ไม่มี $ < และ >"),
}


def what(error: Mapping[str, Any], known: Iterable[str]) -> str:
    """What to write instead, for one entry of `ValidationError.errors()`; `known`: every setting's name."""
    kind, name = error["type"], str(error["loc"][-1]) if error["loc"] else ""
    if kind == "value_error":
        return str(error["ctx"]["error"])
    if kind == "extra_forbidden":
        near = get_close_matches(name, sorted(known), n=1)
        return "ไม่มีการตั้งค่าชื่อนี้ในหัวข้อนี้ ให้แก้ตัวสะกดหรือลบบรรทัด" + (f" (หมายถึง {near[0]} หรือไม่)" if near else "")
    if kind == "string_pattern_mismatch":
        return _SHAPES.get(name, "รูปแบบไม่ถูกต้อง ดูตัวอย่างจาก `mochocho init`")
    said = _WHAT.get(kind)
    if said is None:
        return f"ใช้ค่านี้ไม่ได้ ดูตัวอย่างจาก `mochocho init` ({error['msg']})"
    return said.format_map(error.get("ctx", {})).replace(" or ", " หรือ ")
