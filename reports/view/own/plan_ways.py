"""What a plan says of the way to each target, what was noted of its results, and forms' remarks."""

from collections.abc import Iterator, Mapping

from mochocho.words.model import OwnWork, PlanItem, Round
from processing.findings.value_words import PLAN_PARTS
from reports.view.printed_words import Words

Way = tuple[tuple[str, str], ...]  # label, what was typed; what was left empty is not there
SUMMARY = "สรุปผลและสิ่งที่จะทำต่อ"  # as the form asks it
_SAID_OF = {Round.SELF_BEFORE: "ก่อนพัฒนา", Round.SELF_PERIODIC: "ระหว่างพัฒนา", Round.SELF_AFTER: "หลังพัฒนา"}


def way_of(item: PlanItem, w: Words) -> Way:
    """What is lacking, how, when and with whom it is to be learnt, and what will show it."""
    typed = {
        PLAN_PARTS["gap"]: item.gap,
        PLAN_PARTS["method"]: item.method,
        PLAN_PARTS["when"]: item.when,
        "ผู้รู้หรือหน่วยงาน": item.who,
        "แหล่งเรียนรู้": item.where,
        PLAN_PARTS["evidence"]: item.evidence,
    }
    return tuple((label, w.text(said)) for label, said in typed.items() if said)


def noted(own: OwnWork, w: Words) -> Mapping[str, Way]:
    """By sub-criterion, what each self-assessment noted of its result; a note that is repeated once."""
    found = dict[str, dict[str, str]]()
    for one in own.rounds:
        for result in one.assessment.own:
            if result.note:
                label = f"หลักฐานหรือปัญหา{_SAID_OF[one.assessment.round]}"
                found.setdefault(result.item, {}).setdefault(w.text(result.note), label)
    return {item: tuple((label, note) for note, label in said.items()) for item, said in found.items()}


def summaries(own: OwnWork, w: Words) -> Iterator[str]:
    """What each self-assessment concludes, below the table of its figures."""
    for one in own.rounds:
        if one.assessment.remarks:
            yield f"{SUMMARY} ({_SAID_OF[one.assessment.round]}): {w.in_lines(one.assessment.remarks)}"


def plan_remarks(own: OwnWork, w: Words) -> Iterator[str]:
    if own.plan and own.plan.remarks:
        yield f"หมายเหตุ: {w.in_lines(own.plan.remarks)}"
