"""Turns pydantic's errors about a value into Thai sentences: the key, and what to write. Pure."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel

from mochocho.standards import schema

_KEYS = sorted(
    {
        key
        for model in vars(schema).values()
        if isinstance(model, type) and issubclass(model, BaseModel)
        for key in model.model_fields
    }
)

_TEXT = 'ต้องเป็นข้อความ (ถ้าเป็นตัวเลขล้วนหรือ true/false ให้ใส่เครื่องหมาย "...")'
_NUMBER = "ต้องเป็นจำนวนเต็ม เขียนด้วยเลขอารบิก ไม่มีจุดและไม่ใส่เครื่องหมายคำพูด"
_DAY = "ต้องเป็นวันที่แบบ ปี ค.ศ.-เดือน-วัน เช่น 2025-10-01"
_MAPPING = "ต้องเป็นชุดของ “คีย์: ค่า” ย่อหน้าใต้คีย์นี้"
_LIST = "ต้องเป็นรายการ แต่ละข้อขึ้นต้นด้วย - ย่อหน้าใต้คีย์นี้"

# Error type of pydantic -> what to write; braces are filled from the error's context.
_WHAT = {
    "string_type": _TEXT,
    "string_too_short": "ต้องไม่ว่าง เขียนข้อความ",
    "string_too_long": "ต้องยาวไม่เกิน {max_length} ตัวอักษร",
    "int_type": _NUMBER,
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "bool_type": "ต้องเป็น true หรือ false",
    "greater_than_equal": "ต้องไม่น้อยกว่า {ge}",
    "less_than_equal": "ต้องไม่เกิน {le}",
    "literal_error": "ต้องเป็น {expected}",
    "enum": "ต้องเป็น {expected}",
    "union_tag_invalid": "ต้องเป็น {expected_tags}",
    "tuple_type": _LIST,
    "model_type": _MAPPING,
    "dict_type": _MAPPING,
    "too_short": "มี {actual_length} ข้อ ต้องมีอย่างน้อย {min_length} ข้อ",
    "too_long": "มีเกิน {max_length} ข้อ ลบให้เหลือ {max_length} ข้อ",
}

PATTERNS = {
    schema.CODE: "ต้องเป็นอักษรอังกฤษตัวเล็ก ตัวเลข หรือ _ ขึ้นต้นด้วยอักษร ไม่เกิน 40 ตัว",
    schema.NUMBERED_CODE: "ต้องเป็นอักษรอังกฤษตัวใหญ่หนึ่งตัวตามด้วยเลข คั่นด้วยจุด เช่น L1, L1.2, L1.2.3",
    schema.COMPARED: "ต้องเป็น plan, self_assessments, meetings, knowledge หรือ document: ตามด้วยรหัสเอกสาร",
    schema.PACK_ID: "ต้องเป็นอักษรอังกฤษตัวเล็ก ตัวเลข หรือ - ไม่เกิน 40 ตัว เช่น chiang-rai-2569",
}


def place(error: Mapping[str, Any]) -> tuple[str | int, ...]:
    """The keys and positions, from the top, of the value that the sentence is about."""
    if error["type"] == "union_tag_invalid":
        return (*error["loc"], _discriminator(error))
    loc: tuple[str | int, ...] = error["loc"]
    return loc


def _discriminator(error: Mapping[str, Any]) -> str:
    return str(error["ctx"]["discriminator"]).strip("'")


def _named(loc: tuple[str | int, ...]) -> tuple[str, str]:
    """The last key of `loc`, and the reader's name for the place."""
    key = next((part for part in reversed(loc) if isinstance(part, str)), "")
    if loc and isinstance(loc[-1], int):
        return key, f"“{key}” ข้อที่ {loc[-1] + 1}"
    return key, f"“{key}”" if key else "ทั้งไฟล์"


def sentence(error: Mapping[str, Any]) -> str:
    """The sentence for one entry of `ValidationError.errors()`."""
    kind = error["type"]
    key, name = _named(place(error))
    if kind == "union_tag_not_found":
        key = _discriminator(error)
    if kind in ("missing", "union_tag_not_found"):
        return f"ขาดคีย์ “{key}” ในรายการนี้ เพิ่มบรรทัด “{key}: ...”"
    if kind == "extra_forbidden":
        near = get_close_matches(key, _KEYS, n=1)
        return f"ไม่รู้จักคีย์ “{key}” ที่นี่ ลบออก หรือแก้ตัวสะกด" + (f" (ใกล้กับ “{near[0]}”)" if near else "")
    return f"{name} {demand(error)}"


def demand(error: Mapping[str, Any]) -> str:
    """What a value must be, without its name: the end of a sentence that begins with the name."""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "string_pattern_mismatch":
        return PATTERNS[context["pattern"]]
    what = _WHAT.get(kind, "ใช้ค่านี้ไม่ได้ ดูตัวอย่างใน 2568-sample.yaml")
    return what.format_map(context).replace(" or ", " หรือ ").replace("'", "")
