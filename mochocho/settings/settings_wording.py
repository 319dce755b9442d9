"""Turns pydantic's errors about a setting into sentences that say what to write. Pure."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from mochocho.words.errors import Unsuitable
from mochocho.words.sentences import Sentence, plain

_TEXT = Sentence(
    'ต้องเป็นข้อความในเครื่องหมายคำพูด เช่น "เชียงราย"', 'must be text in quotes, such as "the meeting room"'
)
_WHOLE = Sentence(
    "ต้องเป็นจำนวนเต็มเลขอารบิก ไม่มีเครื่องหมายคำพูด เช่น 8420", "must be a whole number without quotes, such as 8420"
)
_NUMBER = Sentence(
    "ต้องเป็นตัวเลขอารบิก ไม่มีเครื่องหมายคำพูด เช่น 2.5", "must be a number without quotes, such as 2.5"
)
_SWITCH = Sentence(
    "ต้องเป็น true หรือ false (ตัวเล็ก ไม่มีเครื่องหมายคำพูด)",
    "must be true or false (in small letters, without quotes)",
)
_DAY = Sentence(
    "ต้องเป็นวันที่แบบ ปี ค.ศ.-เดือน-วัน เช่น 2025-05-01", "must be a day, year (CE)-month-day, such as 2025-05-01"
)
_LIST = Sentence(
    'ต้องเป็นรายการในวงเล็บเหลี่ยม เช่น ["แม่จัน", "ฝาง"]', 'must be a list in square brackets, such as ["a", "b"]'
)
_TABLE = Sentence(
    "ต้องเป็นหัวข้อที่มีการตั้งค่าย่อย ดูตัวอย่างจาก `mochocho init`",
    "must be a heading with settings below it; `mochocho init` shows how",
)

# Error type of pydantic -> what to write; braces are filled from the error's context.
_WHAT = {
    "missing": Sentence("ยังไม่ได้ตั้งค่านี้ ให้ใส่ค่า", "is not set; add its line"),
    "string_type": _TEXT,
    "secret_string_type": _TEXT,
    "string_too_short": Sentence(
        "ต้องยาวอย่างน้อย {min_length} ตัวอักษร", "must have at least {min_length} letters"
    ),
    "string_too_long": Sentence("ต้องยาวไม่เกิน {max_length} ตัวอักษร", "must have at most {max_length} letters"),
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
    "greater_than": Sentence("ต้องมากกว่า {gt}", "must be more than {gt}"),
    "greater_than_equal": Sentence("ต้องไม่น้อยกว่า {ge}", "must be at least {ge}"),
    "less_than_equal": Sentence("ต้องไม่เกิน {le}", "must be at most {le}"),
    "literal_error": Sentence("ต้องเป็น {expected}", "must be {expected}"),
}
# The same for patterns, by the setting's name.
_SHAPES = {
    "number": Sentence(
        'ต้องเป็นเลขที่แบบ "1/2568" (ปี พ.ศ. สี่หลัก ในเครื่องหมายคำพูด)',
        'must be a number like "1/2568" (a year BE of four digits, in quotes)',
    ),
    "starts": Sentence(
        'ต้องเป็นเวลาแบบ "09:00" (ชั่วโมงสองหลัก)', 'must be a time like "09:00" (hours of two digits)'
    ),
    "ends": Sentence(
        'ต้องเป็นเวลาแบบ "14:30" (ชั่วโมงสองหลัก ไม่เกิน 23:59)',
        'must be a time like "14:30" (hours of two digits, at most 23:59)',
    ),
    "key": Sentence(
        "ต้องเป็นอักษรอังกฤษตัวเล็ก ตัวเลข หรือ - ไม่เกิน 40 ตัว",
        "must be small English letters, digits or -, at most 40",
    ),
    "url": Sentence(
        "ต้องเป็นที่อยู่เว็บแบบ https://kc.example.go.th โดยไม่มีชื่อผู้ใช้ ? หรือ #",
        "must be a web address like https://kc.example.go.th, without a user, ? or #",
    ),
    "web_form": Sentence("ต้องเป็นที่อยู่เว็บที่ขึ้นต้นด้วย https://", "must be a web address that begins with https://"),
    **dict.fromkeys(
        ("name", "telephone", "retention_basis"),
        Sentence("ต้องเป็นบรรทัดเดียว ไม่มี $ < และ >", "must be one line without $, < and >"),
    ),
}
# What is TOML without quotes too, and then no text: 09:00:00, and since TOML 1.1 also 09:00.
_WITHOUT_QUOTES = frozenset({"number", "starts", "ends"})

_OTHER_SHAPE = Sentence(
    "รูปแบบไม่ถูกต้อง ดูตัวอย่างจาก `mochocho init`", "is written otherwise; `mochocho init` shows how"
)


def what(error: Mapping[str, Any], known: Iterable[str]) -> Sentence:
    """What to write instead, for one entry of `ValidationError.errors()`; `known`: every setting's name."""
    kind, name = error["type"], str(error["loc"][-1]) if error["loc"] else ""
    context = error.get("ctx", {})
    if isinstance(own := context.get("error"), Unsuitable):
        return own.said
    if kind == "extra_forbidden":
        return _unknown(name, known)
    if kind == "string_pattern_mismatch" or (kind == "string_type" and name in _WITHOUT_QUOTES):
        return _SHAPES.get(name, _OTHER_SHAPE)
    said = _WHAT.get(kind)
    if said is None:
        return Sentence(
            f"ใช้ค่านี้ไม่ได้ ดูตัวอย่างจาก `mochocho init` ({error['msg']})",
            f"this value cannot be used; `mochocho init` shows how ({error['msg']})",
        )
    return Sentence(said.th.format_map(context).replace(" or ", " หรือ "), said.en.format_map(context))


def _unknown(name: str, known: Iterable[str]) -> Sentence:
    near = get_close_matches(name, sorted(known), n=1)
    hint = Sentence(f" (หมายถึง {near[0]} หรือไม่)", f" (did you mean {near[0]}?)") if near else plain("")
    return Sentence(
        f"ไม่มีการตั้งค่าชื่อนี้ในหัวข้อนี้ ให้แก้ตัวสะกดหรือลบบรรทัด{hint.th}",
        f"no setting of this heading has this name; mend its spelling or delete the line{hint.en}",
    )
