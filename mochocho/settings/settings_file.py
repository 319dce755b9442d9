"""mochocho.toml as values, however it was saved; where it is no TOML, that is told in Thai with the line."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mochocho.words import texts
from mochocho.words.errors import Terminal

_AT = re.compile(r" \(at line ([0-9]+), column [0-9]+\)$| \(at end of document\)$")
_CURLY = re.compile("[“”„‘’«»]")
_UNSEEN = re.compile("[\xa0\u200b-\u200f\u2060\ufeff]")
_NUMBER_FIRST = re.compile(r"=\s*[0-9]")
_CONTROL = re.compile(r"[\0-\x1f\x7f]")
_PATHS = {"home", "path", "secret_file", "villages", "font_dir", "emblem"}
_PATH_LIKE = (
    r"ให้ใช้เครื่องหมายคำพูดเดี่ยว เช่น 'D:\งาน\mochocho' "
    r'หรือใช้ / แทน \ เช่น "D:/งาน/mochocho"'
)
_TEXT_LIKE = 'ข้อความต้องอยู่ในเครื่องหมายคำพูดตรง เช่น province = "เชียงราย"'
_VALUE_LIKE = (
    'ค่าที่เขียนได้: ข้อความในเครื่องหมายคำพูด "เชียงราย" · ตัวเลขอารบิก 8420 · true หรือ false (ตัวเล็ก) · วันที่ 2025-05-01'
)
# Words of Python's parser -> what to do. The rest is told as "not TOML here".
_ADVICE = {
    "Unescaped": rf"เครื่องหมาย \ ในเครื่องหมายคำพูดคู่มีความหมายพิเศษ {_PATH_LIKE}",
    "Invalid hex value": rf"เครื่องหมาย \ ในเครื่องหมายคำพูดคู่มีความหมายพิเศษ {_PATH_LIKE}",
    "Escaped character": rf"เครื่องหมาย \ ในเครื่องหมายคำพูดคู่มีความหมายพิเศษ {_PATH_LIKE}",
    "Unterminated string": "ลืมปิดเครื่องหมายคำพูด",
    "Illegal character '\\n'": "ลืมปิดเครื่องหมายคำพูดในบรรทัดนี้",
    "Illegal character": "มีอักขระที่มองไม่เห็น ให้พิมพ์บรรทัดนี้ใหม่",
    'Expected "\'"': "ลืมปิดเครื่องหมายคำพูดเดี่ยว",
    "Expected '='": 'หลังชื่อการตั้งค่าต้องเป็นเครื่องหมาย = เช่น province = "เชียงราย"',
    "Expected newline": f"มีข้อความเกินอยู่หลังค่า หนึ่งบรรทัดเขียนได้หนึ่งค่า {_VALUE_LIKE}",
    "Cannot overwrite": "ชื่อการตั้งค่าซ้ำ ให้เหลือบรรทัดเดียว",
    "Cannot declare": "หัวข้อในวงเล็บเหลี่ยมซ้ำ ให้เหลือหัวข้อเดียวแล้วรวมบรรทัดไว้ด้วยกัน",
    "Unclosed array": "ลืมปิดวงเล็บเหลี่ยม ] ของรายการ",
    "Unclosed inline table": "ลืมปิดวงเล็บปีกกา }",
    "Expected ']": "ลืมปิดวงเล็บเหลี่ยม ] ของหัวข้อ เช่น [meeting]",
    "Invalid initial character": "ชื่อการตั้งค่าต้องเป็นอักษรอังกฤษตามตัวอย่างใน `mochocho init`",
    "Invalid statement": "บรรทัดนี้ต้องเป็น ชื่อภาษาอังกฤษ = ค่า หรือหัวข้อในวงเล็บเหลี่ยม หมายเหตุขึ้นต้นด้วย #",
    "Invalid date": "ไม่มีวันหรือเวลานี้ในปฏิทิน วันที่เขียนแบบ ปี ค.ศ.-เดือน-วัน เช่น 2025-05-01",
    "Invalid value": _VALUE_LIKE,
}


# What the parser missed -> what opens and closes it.
_PAIRS = {
    'Expected "\'"': ("'", "'"),
    "Unterminated string": ('"', '"'),
    "Unclosed array": ("[", "]"),
    "Unclosed inline table": ("{", "}"),
}


def read_settings(path: Path) -> dict[str, Any]:
    """What the file says. Raises Terminal with file, line, what to do; quotes no value: some are secrets."""
    try:
        text = texts.decoded(path.read_bytes())
    except texts.Unreadable as error:
        raise Terminal(f"{path} บรรทัดที่ {error.line}: {error.message_th}") from None
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Terminal(_told(path, text, str(error))) from None
    for name in _broken_paths(values):
        raise Terminal(rf"{path}: {name}: \t \n \b และตัวอื่นหลัง \ กลายเป็นอักขระพิเศษ {_PATH_LIKE}")
    return values


def _told(path: Path, text: str, said: str) -> str:
    lines, at = text.splitlines() or [""], _AT.search(said)
    said = _AT.sub("", said)
    number = _begun(lines, said) if not at or not at[1] or said in _PAIRS else int(at[1])
    return f"{path} บรรทัดที่ {number}: {_advice(lines[min(number, len(lines)) - 1], said)}"


def _begun(lines: list[str], said: str) -> int:
    """Where that began which the parser missed at the end of the document."""
    opening, closing = next((pair for words, pair in _PAIRS.items() if said.startswith(words)), ("", ""))
    for number, line in enumerate(lines, start=1):
        code = line.partition("#")[0]
        odd = code.count(opening) % 2 if opening == closing else code.count(opening) != code.count(closing)
        if opening and odd:
            return number
    return max((n for n, line in enumerate(lines, start=1) if line.strip()), default=1)


def _advice(line: str, said: str) -> str:
    code = line.partition("#")[0]
    if _CURLY.search(code):
        return f"เครื่องหมายคำพูดโค้ง (จาก Word หรือ LINE) ใช้ไม่ได้ {_TEXT_LIKE}"
    if _UNSEEN.search(code):
        return "มีอักขระที่มองไม่เห็น (มักติดมาจากการคัดลอก) ให้ลบแล้วพิมพ์บรรทัดนี้ใหม่"
    if said.startswith("Expected newline") and _NUMBER_FIRST.search(code):
        return f'เวลาและเลขที่ต้องอยู่ในเครื่องหมายคำพูด เช่น starts = "09:00", number = "1/2568" · {_VALUE_LIKE}'
    found = next((advice for words, advice in _ADVICE.items() if said.startswith(words)), None)
    return found or f"บรรทัดนี้ไม่ใช่ TOML ({said}) ดูตัวอย่างจาก `mochocho init`"


def _broken_paths(values: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    """Names of paths that hold control characters: `C:\\temp` in double quotes holds a tab."""
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _broken_paths(value, f"{prefix}{name}.")
        elif isinstance(value, list):
            for one in value:
                if isinstance(one, Mapping):
                    yield from _broken_paths(one, f"{prefix}{name}.")
        elif name in _PATHS and isinstance(value, str) and _CONTROL.search(value):
            yield f"{prefix}{name}"
