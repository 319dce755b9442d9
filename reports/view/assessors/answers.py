"""An answer to an indicator, in the words of a paper."""

from collections.abc import Mapping

from mochocho.standards.schema import Measure


def answer_words(measure: Measure, answer: int, levels: Mapping[int, str]) -> str:
    """An answer beside what was asked for; `levels`: the names of a rubric's levels."""
    match measure.kind:
        case "count":
            return f"{answer} {measure.unit_th} (เกณฑ์ {measure.threshold})"
        case "percent":
            return f"ร้อยละ {answer} (เกณฑ์ร้อยละ {measure.threshold})"
        case "yes_no":
            return "ใช่" if answer else "ไม่ใช่"
        case "rubric":
            return f"ระดับ {answer} {levels.get(answer, '')}"


def settled_words(measure: Measure, answer: int, levels: Mapping[int, str], by: str, reason: str) -> str:
    """The answer that people settled on, who, and why."""
    return f"{answer_words(measure, answer, levels)} โดย {by} เหตุผล: {reason}"
