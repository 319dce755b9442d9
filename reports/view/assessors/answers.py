"""An answer to an indicator, in the words of a paper."""

from collections.abc import Mapping

from mochocho.standards.schema import Indicator

# (no, yes), where an indicator asks what is so and where it asks what is had
YES_NO = {False: ("ไม่ใช่", "ใช่"), True: ("ไม่มี", "มี")}


def answer_words(indicator: Indicator, answer: int, levels: Mapping[int, str]) -> str:
    """An answer beside what was asked for; `levels`: the names of a rubric's levels."""
    measure = indicator.measure
    match measure.kind:
        case "count":
            return f"{answer} {measure.unit_th} (เกณฑ์ {measure.threshold})"
        case "percent":
            return f"ร้อยละ {answer} (เกณฑ์ร้อยละ {measure.threshold})"
        case "yes_no":
            return YES_NO[indicator.th.startswith("มี")][bool(answer)]
        case "rubric":
            return f"ระดับ {answer} {levels.get(answer, '')}"


def settled_words(indicator: Indicator, answer: int, levels: Mapping[int, str], by: str, reason: str) -> str:
    """The answer that people settled on, who, and why."""
    return f"{answer_words(indicator, answer, levels)} โดย {by} เหตุผล: {reason}"
