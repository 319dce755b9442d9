"""Findings about texts that papers cannot print well: no font has a letter, a vowel is loose. Pure."""

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
from processing.findings import value_words
from processing.findings.making import finding

CODE, LOOSE = "text.letters_lacking", "text.loose_marks"
_FORMS = {
    Plan: value_words.PLAN,
    SelfAssessment: value_words.SELF_ASSESSMENT,
    ScoreSheet: value_words.ONSITE,
    Resolution: value_words.RESOLUTION,
}


Form = ScoreSheet | Plan | SelfAssessment | Resolution


def remarks(application: Application, forms: Iterable[Form]) -> Iterator[Finding]:
    """One finding of a kind for each form or resolution; the text stays as it was filled in."""
    for form, which in ((application, value_words.APPLICATION), *((f, _FORMS[type(f)]) for f in forms)):
        read_from, texts = ReadFrom(form.instance_id), [*map(thai.normalise, _texts(form))]
        if lacking := letters.lacking(" ".join(texts)):
            yield finding(CODE, which, read_from, form=which, letters="".join(lacking))
        if loose := tuple(dict.fromkeys(place for text in texts for place in thai.loose_marks(text))):
            yield finding(LOOSE, which, read_from, form=which, places=loose)


def _texts(value: object) -> Iterator[str]:
    """Every text in a form except file names, which no paper shows."""
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
