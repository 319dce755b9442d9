"""Turns pydantic's errors about a value into sentences: the key, and what to write. Pure."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel

from mochocho.standards import schema
from mochocho.words.sentences import Sentence, plain

_KEYS = sorted(
    {
        key
        for model in vars(schema).values()
        if isinstance(model, type) and issubclass(model, BaseModel)
        for key in model.model_fields
    }
)

_TEXT = Sentence(
    'ต้องเป็นข้อความ (ถ้าเป็นตัวเลขล้วนหรือ true/false ให้ใส่เครื่องหมาย "...")',
    'must be text (write "..." around plain digits and true/false)',
)
_NUMBER = Sentence(
    "ต้องเป็นจำนวนเต็ม เขียนด้วยเลขอารบิก ไม่มีจุดและไม่ใส่เครื่องหมายคำพูด",
    "must be a whole number in Arabic digits, without a point or quotation marks",
)
_DAY = Sentence(
    "ต้องเป็นวันที่แบบ ปี ค.ศ.-เดือน-วัน เช่น 2025-10-01",
    "must be a day as year-month-day of the common era, such as 2025-10-01",
)
_MAPPING = Sentence(
    "ต้องเป็นชุดของ “คีย์: ค่า” ย่อหน้าใต้คีย์นี้", "must be a set of “key: value”, indented under this key"
)
_LIST = Sentence(
    "ต้องเป็นรายการ แต่ละข้อขึ้นต้นด้วย - ย่อหน้าใต้คีย์นี้",
    "must be a list whose items begin with -, indented under this key",
)

# Error type of pydantic -> what to write; braces are filled from the error's context.
_WHAT = {
    "string_type": _TEXT,
    "string_too_short": Sentence("ต้องไม่ว่าง เขียนข้อความ", "must not be empty; write a text"),
    "string_too_long": Sentence(
        "ต้องยาวไม่เกิน {max_length} ตัวอักษร", "must not be longer than {max_length} letters"
    ),
    "int_type": _NUMBER,
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "bool_type": Sentence("ต้องเป็น true หรือ false", "must be true or false"),
    "greater_than_equal": Sentence("ต้องไม่น้อยกว่า {ge}", "must not be less than {ge}"),
    "less_than_equal": Sentence("ต้องไม่เกิน {le}", "must not be more than {le}"),
    "literal_error": Sentence("ต้องเป็น {expected}", "must be {expected}"),
    "enum": Sentence("ต้องเป็น {expected}", "must be {expected}"),
    "union_tag_invalid": Sentence("ต้องเป็น {expected_tags}", "must be {expected_tags}"),
    "tuple_type": _LIST,
    "model_type": _MAPPING,
    "dict_type": _MAPPING,
    "too_short": Sentence(
        "มี {actual_length} ข้อ ต้องมีอย่างน้อย {min_length} ข้อ",
        "has {actual_length} items; there must be at least {min_length}",
    ),
    "too_long": Sentence(
        "มีเกิน {max_length} ข้อ ลบให้เหลือ {max_length} ข้อ",
        "has more than {max_length} items; remove some, to {max_length}",
    ),
}
_OTHER = Sentence(
    "ใช้ค่านี้ไม่ได้ ดูตัวอย่างใน 2568-sample.yaml", "cannot have this value; see the examples in 2568-sample.yaml"
)

PATTERNS = {
    schema.CODE: Sentence(
        "ต้องเป็นอักษรอังกฤษตัวเล็ก ตัวเลข หรือ _ ขึ้นต้นด้วยอักษร ไม่เกิน 40 ตัว",
        "must be small English letters, digits or _, beginning with a letter, at most 40",
    ),
    schema.NUMBERED_CODE: Sentence(
        "ต้องเป็นอักษรอังกฤษตัวใหญ่หนึ่งตัวตามด้วยเลข คั่นด้วยจุด เช่น L1, L1.2, L1.2.3",
        "must be one capital English letter and numbers with points between, such as L1, L1.2, L1.2.3",
    ),
    schema.COMPARED: Sentence(
        "ต้องเป็น plan, self_assessments, meetings, knowledge หรือ document: ตามด้วยรหัสเอกสาร",
        "must be plan, self_assessments, meetings, knowledge, or document: and the code of a document",
    ),
    schema.PACK_ID: Sentence(
        "ต้องเป็นอักษรอังกฤษตัวเล็ก ตัวเลข หรือ - ไม่เกิน 40 ตัว เช่น chiang-rai-2569",
        "must be small English letters, digits or -, at most 40, such as chiang-rai-2569",
    ),
}


def place(error: Mapping[str, Any]) -> tuple[str | int, ...]:
    """The keys and positions, from the top, of the value that the sentence is about."""
    if error["type"] == "union_tag_invalid":
        return (*error["loc"], _discriminator(error))
    loc: tuple[str | int, ...] = error["loc"]
    return loc


def _discriminator(error: Mapping[str, Any]) -> str:
    return str(error["ctx"]["discriminator"]).strip("'")


def _named(loc: tuple[str | int, ...]) -> tuple[str, Sentence]:
    """The last key of `loc`, and the reader's name for the place."""
    key = next((part for part in reversed(loc) if isinstance(part, str)), "")
    if loc and isinstance(loc[-1], int):
        return key, Sentence(f"“{key}” ข้อที่ {loc[-1] + 1}", f"“{key}”, item {loc[-1] + 1},")
    return key, plain(f"“{key}”") if key else Sentence("ทั้งไฟล์", "the whole file")


def sentence(error: Mapping[str, Any]) -> Sentence:
    """The sentence for one entry of `ValidationError.errors()`."""
    kind = error["type"]
    key, name = _named(place(error))
    if kind == "union_tag_not_found":
        key = _discriminator(error)
    if kind in ("missing", "union_tag_not_found"):
        return Sentence(
            f"ขาดคีย์ “{key}” ในรายการนี้ เพิ่มบรรทัด “{key}: ...”",
            f"this item lacks the key “{key}”; add a line “{key}: ...”",
        )
    if kind == "extra_forbidden":
        near = get_close_matches(key, _KEYS, n=1)
        like = Sentence(f" (ใกล้กับ “{near[0]}”)", f" (like “{near[0]}”)") if near else Sentence("", "")
        return Sentence(
            f"ไม่รู้จักคีย์ “{key}” ที่นี่ ลบออก หรือแก้ตัวสะกด{like.th}",
            f"there is no key “{key}” here; remove it, or correct its spelling{like.en}",
        )
    wanted = demand(error)
    return Sentence(f"{name.th} {wanted.th}", f"{name.en} {wanted.en}")


def demand(error: Mapping[str, Any]) -> Sentence:
    """What a value must be, without its name: the end of a sentence that begins with the name."""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "string_pattern_mismatch":
        return PATTERNS[context["pattern"]]
    th, en = (what.format_map(context).replace("'", "") for what in _WHAT.get(kind, _OTHER))
    return Sentence(th.replace(" or ", " หรือ "), en)
