"""Reading mochocho.toml however it was saved; a file that is not TOML is explained in Thai, with the line."""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from mochocho.words import texts
from mochocho.words.errors import Terminal
from mochocho.words.sentences import Sentence

_AT = re.compile(r" \(at line ([0-9]+), column [0-9]+\)$| \(at end of document\)$")
_CURLY = re.compile("[“”„‘’«»]")
_UNSEEN = re.compile("[\xa0\u200b-\u200f\u2060\ufeff]")
_NUMBER_FIRST = re.compile(r"=\s*[0-9]")
# What is left of C:\temp in double quotes, where \t is a tab, and of C:\xdata, where \xda is Ú (TOML 1.1).
_NO_PATH = re.compile(r"[\0-\x1f\x7f]|^[A-Za-z]:[^\\/]")
_PATH_LIKE = Sentence(
    r"ให้ใช้เครื่องหมายคำพูดเดี่ยว เช่น 'D:\งาน\mochocho' "
    r'หรือใช้ / แทน \ เช่น "D:/งาน/mochocho"',
    r"use single quotes, such as 'D:\office\mochocho', or / for \, such as " + '"D:/office/mochocho"',
)
_TEXT_LIKE = Sentence(
    'ข้อความต้องอยู่ในเครื่องหมายคำพูดตรง เช่น province = "เชียงราย"',
    'text stands in straight quotes, such as place = "the meeting room"',
)
_VALUE_LIKE = Sentence(
    'ค่าที่เขียนได้: ข้อความในเครื่องหมายคำพูด "เชียงราย" · ตัวเลขอารบิก 8420 · true หรือ false (ตัวเล็ก) · วันที่ 2025-05-01',
    'a value is text in quotes, "text" · a number, 8420 · true or false in small letters · a day, 2025-05-01',
)
_BACKSLASH = Sentence(
    rf"เครื่องหมาย \ ในเครื่องหมายคำพูดคู่มีความหมายพิเศษ {_PATH_LIKE.th}",
    rf"\ means something else in double quotes; {_PATH_LIKE.en}",
)
# Messages of Python's parser -> what to do. Any other message gets a general advice.
_ADVICE = {
    "Unescaped": _BACKSLASH,
    "Invalid hex value": _BACKSLASH,
    "Escaped character": _BACKSLASH,
    "Unterminated string": Sentence("ลืมปิดเครื่องหมายคำพูด", "a quote is not closed"),
    "Illegal character '\\n'": Sentence("ลืมปิดเครื่องหมายคำพูดในบรรทัดนี้", "a quote of this line is not closed"),
    "Illegal character": Sentence(
        "มีอักขระที่มองไม่เห็น ให้พิมพ์บรรทัดนี้ใหม่", "here is a character that nobody sees; type this line anew"
    ),
    'Expected "\'"': Sentence("ลืมปิดเครื่องหมายคำพูดเดี่ยว", "a single quote is not closed"),
    "Expected '='": Sentence(
        'หลังชื่อการตั้งค่าต้องเป็นเครื่องหมาย = เช่น province = "เชียงราย"',
        "after a setting's name stands =, such as port = 8420",
    ),
    "Expected newline": Sentence(
        f"มีข้อความเกินอยู่หลังค่า หนึ่งบรรทัดเขียนได้หนึ่งค่า {_VALUE_LIKE.th}",
        f"something stands after the value, and a line holds one; {_VALUE_LIKE.en}",
    ),
    "Cannot overwrite": Sentence("ชื่อการตั้งค่าซ้ำ ให้เหลือบรรทัดเดียว", "a setting stands twice; keep one line"),
    "Cannot declare": Sentence(
        "หัวข้อในวงเล็บเหลี่ยมซ้ำ ให้เหลือหัวข้อเดียวแล้วรวมบรรทัดไว้ด้วยกัน",
        "a heading in square brackets stands twice; keep one with the lines of both",
    ),
    "Unclosed array": Sentence("ลืมปิดวงเล็บเหลี่ยม ] ของรายการ", "the ] of a list is missing"),
    "Unclosed inline table": Sentence("ลืมปิดวงเล็บปีกกา }", "a } is missing"),
    "Expected ']": Sentence(
        "ลืมปิดวงเล็บเหลี่ยม ] ของหัวข้อ เช่น [meeting]", "the ] of a heading is missing, such as [meeting]"
    ),
    "Invalid initial character": Sentence(
        "ชื่อการตั้งค่าต้องเป็นอักษรอังกฤษตามตัวอย่างใน `mochocho init`",
        "a setting has an English name; `mochocho init` shows all",
    ),
    "Invalid statement": Sentence(
        "บรรทัดนี้ต้องเป็น ชื่อภาษาอังกฤษ = ค่า หรือหัวข้อในวงเล็บเหลี่ยม หมายเหตุขึ้นต้นด้วย #",
        "a line is an English name = a value, or a heading in square brackets; a remark begins with #",
    ),
    "Invalid date": Sentence(
        "ไม่มีวันหรือเวลานี้ในปฏิทิน วันที่เขียนแบบ ปี ค.ศ.-เดือน-วัน เช่น 2025-05-01",
        "no calendar has this day or time; a day is year (CE)-month-day, such as 2025-05-01",
    ),
    "Invalid value": _VALUE_LIKE,
}


# What the parser missed -> the characters that open and close it.
_PAIRS = {
    'Expected "\'"': ("'", "'"),
    "Unterminated string": ('"', '"'),
    "Unclosed array": ("[", "]"),
    "Unclosed inline table": ("{", "}"),
}


def read_settings(path: Path, paths: Collection[str]) -> dict[str, Any]:
    """The file's values; `paths`: names of those that are files or folders.

    Raises Terminal with file, line and what to do; quotes no value, since some are secrets.
    """
    try:
        text = texts.decoded(path.read_bytes())
    except texts.Unreadable as error:
        raise _at_line(path, error.line, error.said) from None
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _told(path, text, str(error)) from None
    for name in _broken_paths(values, paths):
        raise Terminal(
            rf"{path}: {name}: \t \n \b และตัวอื่นหลัง \ กลายเป็นอักขระพิเศษ {_PATH_LIKE.th}",
            rf"{path}: {name}: \t \n \b and others after \ become other characters; {_PATH_LIKE.en}",
        )
    return values


def _told(path: Path, text: str, said: str) -> Terminal:
    lines, at = text.splitlines() or [""], _AT.search(said)
    said = _AT.sub("", said)
    number = _begun(lines, said) if not at or not at[1] or said in _PAIRS else int(at[1])
    return _at_line(path, number, _advice(lines[min(number, len(lines)) - 1], said))


def _at_line(path: Path, line: int, said: Sentence) -> Terminal:
    return Terminal(f"{path} บรรทัดที่ {line}: {said.th}", f"{path}, line {line}: {said.en}")


def _begun(lines: list[str], said: str) -> int:
    """The line where something began that the parser found unclosed at the end of the document."""
    opening, closing = next((pair for words, pair in _PAIRS.items() if said.startswith(words)), ("", ""))
    for number, line in enumerate(lines, start=1):
        code = line.partition("#")[0]
        odd = code.count(opening) % 2 if opening == closing else code.count(opening) != code.count(closing)
        if opening and odd:
            return number
    return max((n for n, line in enumerate(lines, start=1) if line.strip()), default=1)


def _advice(line: str, said: str) -> Sentence:
    code = line.partition("#")[0]
    if _CURLY.search(code):
        return Sentence(
            f"เครื่องหมายคำพูดโค้ง (จาก Word หรือ LINE) ใช้ไม่ได้ {_TEXT_LIKE.th}",
            f"curly quotes (of Word or LINE) are none here; {_TEXT_LIKE.en}",
        )
    if _UNSEEN.search(code):
        return Sentence(
            "มีอักขระที่มองไม่เห็น (มักติดมาจากการคัดลอก) ให้ลบแล้วพิมพ์บรรทัดนี้ใหม่",
            "here is a character that nobody sees (often copied along); delete this line and type it anew",
        )
    if said.startswith("Expected newline") and _NUMBER_FIRST.search(code):
        return Sentence(
            f'เวลาและเลขที่ต้องอยู่ในเครื่องหมายคำพูด เช่น starts = "09:00", number = "1/2568" · {_VALUE_LIKE.th}',
            f'a time and a number like 1/2568 stand in quotes, such as starts = "09:00" · {_VALUE_LIKE.en}',
        )
    found = next((advice for words, advice in _ADVICE.items() if said.startswith(words)), None)
    return found or Sentence(
        f"บรรทัดนี้ไม่ใช่ TOML ({said}) ดูตัวอย่างจาก `mochocho init`",
        f"this line is no TOML ({said}); `mochocho init` shows how",
    )


def _broken_paths(values: Mapping[str, Any], paths: Collection[str], prefix: str = "") -> Iterator[str]:
    """Names of paths of which TOML made something else."""
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _broken_paths(value, paths, f"{prefix}{name}.")
        elif isinstance(value, list):
            for one in value:
                if isinstance(one, Mapping):
                    yield from _broken_paths(one, paths, f"{prefix}{name}.")
        elif name in paths and isinstance(value, str) and _NO_PATH.search(value):
            yield f"{prefix}{name}"
