"""Texts that papers cannot print: letters that none of their fonts has. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum

from mochocho.words import letters, thai
from mochocho.words.model import (
    Application,
    FileRef,
    Finding,
    Plan,
    ReadFrom,
    Resolution,
    ScoreSheet,
    SelfAssessment,
)
from processing.findings import finding

CODE = "text.letters_lacking"
_FORM_TH = {
    Plan: "แผนพัฒนาตนเอง",
    SelfAssessment: "แบบประเมินตนเอง",
    ScoreSheet: "แบบให้คะแนน",
    Resolution: "มติ",
}


Form = ScoreSheet | Plan | SelfAssessment | Resolution


def remarks(application: Application, forms: Iterable[Form]) -> Iterator[Finding]:
    """One for each form or resolution that has such letters, with the letters; it stays as it was filled."""
    for form, form_th in ((application, "ใบสมัคร"), *((f, _FORM_TH[type(f)]) for f in forms)):
        if lacking := letters.lacking(thai.normalise(" ".join(_texts(form)))):
            message = (
                f"{form_th}มีตัวอักษรที่พิมพ์ในเอกสารไม่ได้ ({letters.named(lacking)}) จะเห็นเป็นช่องเปล่า "
                f"ให้แก้ไข{form_th}โดยเขียนเป็นอักษรไทยหรืออังกฤษ"
            )
            yield finding(CODE, form_th, message, blocking=False, read_from=ReadFrom(form.instance_id))


def _texts(value: object) -> Iterator[str]:
    """Everything that was written in a form, but for the names of its files, which no paper shows."""
    if isinstance(value, str) and not isinstance(value, Enum):
        yield value
    elif isinstance(value, FileRef):
        return
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
    elif isinstance(value, Mapping):
        yield from _texts(tuple(value.values()))
    elif isinstance(value, tuple | list | frozenset | set):
        for part in value:
            yield from _texts(part)
