"""Findings about answers that a form does not offer, in every form of an applicant. Pure."""

from collections.abc import Iterable, Iterator

from mochocho.words.model import (
    Application,
    Finding,
    Knowledge,
    Plan,
    ReadFrom,
    ScoreSheet,
    SelfAssessment,
    Supplement,
    Value,
)
from processing.findings import value_words
from processing.findings.making import finding

CODE = "form.choice_not_offered"

Form = Application | Supplement | Plan | SelfAssessment | ScoreSheet | Knowledge


def check(forms: Iterable[Form], told: Iterable[Finding]) -> Iterator[Finding]:
    """One finding an answer, for a person to look at, unless one of `told` is about the same answer."""
    known = {(f.read_from.instance_id, _name(f.read_from.path)) for f in told}
    for form in forms:
        for answer in form.not_offered:
            if (form.instance_id, _name(answer.path)) not in known:
                read_from = ReadFrom(form.instance_id, answer.path)
                said = {"question": answer.question, "answer": answer.written}
                yield finding(CODE, _name(answer.path), read_from, **_whose(form), **said)


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _whose(form: Form) -> dict[str, Value]:
    match form:
        case ScoreSheet():
            return {"who": form.assessor}
        case SelfAssessment():
            return {"form": form.round.value}
        case Application():
            return {"form": value_words.APPLICATION}
        case Plan():
            return {"form": value_words.PLAN}
        case Supplement():
            return {"form": value_words.SUPPLEMENT}
        case Knowledge():
            return {"form": value_words.KNOWLEDGE}
