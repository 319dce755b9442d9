"""click's own texts in Thai.

click asks gettext, whose catalogues are compiled files; here a dictionary is used instead. Texts that are not
in it stay English: only those that our commands can show are listed.
"""

from collections.abc import Mapping
from types import ModuleType

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.termui
import click.types

from mochocho.app.terminal.language import told
from mochocho.words.sentences import Sentence

MODULES: tuple[ModuleType, ...] = (
    click.core,
    click.decorators,
    click.exceptions,
    click.formatting,
    click.parser,
    click.termui,
    click.types,
)
THAI: Mapping[str, str] = {
    # --help
    "Usage:": "วิธีใช้:",
    "Options": "ตัวเลือก",
    "Commands": "คำสั่ง",
    "default: {default}": "ถ้าไม่กำหนด: {default}",
    "required": "ต้องกำหนด",
    "Show the version and exit.": "แสดงรุ่นของโปรแกรมแล้วจบ",
    # a command that is not understood
    "Error: {message}": "ผิดพลาด: {message}",
    "Try '{command} {option}' for help.": "ดูวิธีใช้ด้วย `{command} {option}`",
    "Missing command.": "ยังไม่ได้บอกคำสั่ง",
    "Missing argument": "ขาดค่า",
    "Missing option": "ขาดตัวเลือก",
    "Choose from:\n\t{choices}": "เลือกจาก:\n\t{choices}",
    "No such option {name!r}.": "ไม่มีตัวเลือก {name}",
    "No such command {name!r}.": "ไม่มีคำสั่ง {name}",
    "Did you mean {possibility}?": "หมายถึง {possibility} หรือไม่",
    "(Did you mean one of: {possibilities}?)": "(หมายถึงตัวใดใน {possibilities} หรือไม่)",
    "Got unexpected extra argument ({args})": "มีค่าเกินมา ({args})",
    "Got unexpected extra arguments ({args})": "มีค่าเกินมา ({args})",
    "Option {name!r} requires an argument.": "ตัวเลือก {name} ต้องมีค่าตามหลัง",
    "Option {name!r} does not take a value.": "ตัวเลือก {name} ไม่รับค่า",
    "Invalid value: {message}": "ค่าใช้ไม่ได้: {message}",
    "Invalid value for {param_hint}: {message}": "ค่าของ {param_hint} ใช้ไม่ได้: {message}",
    "{value!r} is not {choice}.": "“{value}” ไม่ใช่ {choice}",
    "{value!r} is not one of {choices}.": "“{value}” ไม่อยู่ใน {choices}",
    "{value!r} does not match the format {format}.": "“{value}” ไม่ได้เขียนแบบ {format}",
    "{value!r} does not match the formats {formats}.": "“{value}” ไม่ได้เขียนแบบใดใน {formats}",
    "{value!r} is not a valid {number_type}.": "“{value}” ไม่ใช่จำนวนเต็ม",
    "{value} is not in the range {range}.": "{value} อยู่นอกช่วง {range}",
    "{name} {filename!r} does not exist.": "ไม่มีไฟล์ {filename}",
    "{name} {filename!r} is a file.": "{filename} เป็นไฟล์ ไม่ใช่โฟลเดอร์",
    "{name} {filename!r} is a directory.": "{filename} เป็นโฟลเดอร์ ไม่ใช่ไฟล์",
    "{name} {filename!r} is not readable.": "อ่าน {filename} ไม่ได้ ให้ตรวจสิทธิ์ของไฟล์",
    "{name} {filename!r} is not writable.": "เขียน {filename} ไม่ได้ ให้ตรวจสิทธิ์ของไฟล์",
    # questions
    "Aborted!": "เลิกแล้ว",
    "Error: invalid input": "ผิดพลาด: ตอบ y หรือ n",
}


def translate_click() -> None:
    """Make click's texts appear in the language of the terminal."""
    for module in MODULES:
        for name, ours in (("_", _one), ("ngettext", _one_or_many)):
            if hasattr(module, name):
                setattr(module, name, ours)


def _one(message: str) -> str:
    return told(Sentence(THAI.get(message, message), message))


def _one_or_many(one: str, many: str, count: int) -> str:
    return _one(one if count == 1 else many)
