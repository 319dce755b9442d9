"""หนังสือแจ้งผล: to each district, and to each unit that was not certified or not yet. Pure."""

from collections.abc import Iterable, Iterator, Sequence

from mochocho.words.model import ApplicantType, Outcome
from processing.decisions.meetings.outcomes import OUTCOMES
from processing.meetings.filled_places import filled
from processing.meetings.meeting import Letter
from reports.view.after.resolved_units import ResolvedUnit
from reports.view.blocks import Block, Form, Kind, Paper
from reports.view.letters.convened import Convened, letter_head, paragraphs, signed
from reports.view.letters.greetings import RESPECTFULLY
from reports.view.printed_words import LONG_DOTS, TYPE, enumerated
from reports.view.resolved import condition, outcome_with_condition
from reports.wording.typed_points import in_lines, set_apart
from reports.wording.wordings import LetterWording, ResultsLetters

TO_DISTRICT, TO_UNIT = "หนังสือแจ้งผลการพิจารณาถึงอำเภอ", "หนังสือแจ้งผลการพิจารณาถึงผู้สมัคร"
LIST = "บัญชีผลการพิจารณารับรอง"
_HEAD = ("ลำดับ", "ชื่อ", "ประเภท", "มติ", "หนังสือรับรองเลขที่")
_WIDTHS = (5, 22, 15, 28, 13)
_HEADS = {
    ApplicantType.GROUP: "ประธาน",
    ApplicantType.NETWORK: "ประธาน",
    ApplicantType.COMMUNITY: "ผู้แทน",
}


def district_letters(
    c: Convened, units: Sequence[ResolvedUnit], wording: ResultsLetters
) -> Iterator[tuple[str, Paper]]:
    """The letter to each district that has units among these, by its name, in their order."""
    for district in dict.fromkeys(unit.district for unit in units):
        own = [unit for unit in units if unit.district == district]
        values = {**of_meeting(c), "district": district, "counts": _counts(own)}
        enclosed = (_title(c, district), _table(c, own))
        yield district, letter_of(c, (TO_DISTRICT, district), wording.district, values, enclosed)


def unit_letters(
    c: Convened, units: Iterable[ResolvedUnit], wording: ResultsLetters
) -> Iterator[tuple[ResolvedUnit, Paper]]:
    """The letter to each unit that was not certified, or not yet: the reason, and the right to object."""
    for unit in units:
        resolution = unit.resolution
        if resolution is None or unit.certified:
            continue
        values = {
            **of_meeting(c),
            "district": unit.district,
            "name": unit.name,
            "recipient": recipient(unit.type, unit.name),
            "type": TYPE[unit.type],
            "reason": set_apart(resolution.reason) or LONG_DOTS,
            "condition": set_apart(condition(resolution, c.occasion.words)),
            "deferred_to": resolution.deferred_to,
        }
        told, more = _of_outcome(resolution.outcome, wording)
        yield unit, letter_of(c, (TO_UNIT, unit.name), told, values, (), more)


def recipient(type_: ApplicantType, name: str) -> str:
    """To whom a letter about a unit is written: to a person, who heads a group or stands for a community."""
    head = _HEADS.get(type_, "")
    apart = " " if head and name[:1].isascii() and name[:1].isalnum() else ""  # ประธาน OTOP บ้านดอน
    return f"{head}{apart}{name}"


def _of_outcome(outcome: Outcome, wording: ResultsLetters) -> tuple[LetterWording, tuple[str, ...]]:
    if outcome is Outcome.FAIL:
        return wording.not_certified, wording.objection
    return (wording.conditional if outcome is Outcome.CONDITIONAL else wording.deferred), ()


def letter_of(
    c: Convened,
    called: tuple[str, str],
    wording: LetterWording,
    values: dict[str, str],
    enclosed: tuple[Block, ...],
    more: tuple[str, ...] = (),
) -> Paper:
    """A letter in these words; what is not known is dots. `called`: the paper's name and its recipient."""
    name, recipient = called
    known = (
        dict.fromkeys(
            ("name", "recipient", "type", "reason", "condition", "deferred_to", "counts"), LONG_DOTS
        )
        | values
    )
    listed = (f"{LIST} จำนวน 1 ชุด",) if enclosed else ()
    letter = Letter(office=c.meeting.letter.office, owner=c.meeting.letter.owner)
    return c.finished(
        Paper(
            name=name,
            recipient=recipient,
            form=Form.LETTER,
            head=letter_head(c, letter, filled(wording.subject, known), filled(wording.to, known), listed),
            blocks=(*paragraphs(filled(text, known) for text in (*wording.paragraphs, *more)), *enclosed),
            closing=RESPECTFULLY,
            signatures=signed(c.meeting.signatory),
            foot=c.owner(letter),
        )
    )


def of_meeting(c: Convened) -> dict[str, str]:
    """What every letter about a meeting may name."""
    return {
        "committee": c.committee,
        "province": c.occasion.province,
        "programme": c.programme,
        "year": c.year,
        "meeting": c.meeting.number,
        "meeting_day": c.day,
    }


def _counts(units: Sequence[ResolvedUnit]) -> str:
    """`รับรอง 7 หน่วยงาน และไม่รับรอง 1 หน่วยงาน`"""
    each = [
        f"{word} {count} หน่วยงาน"
        for outcome, word in OUTCOMES.items()
        if (count := sum(unit.outcome is outcome for unit in units))
    ]
    return enumerated(each)


def _title(c: Convened, district: str) -> Block:
    """What the enclosed list is called."""
    lines = (
        f"{LIST}ตาม{c.programme}",
        f"ประจำปี {c.year} อำเภอ{district} {c.province}",
        f"ในการประชุม{c.committee}",
        f"{c.number} เมื่อ{c.day}",
    )
    return Block(Kind.ENCLOSURE, "\n".join(lines))


def _table(c: Convened, units: Sequence[ResolvedUnit]) -> Block:
    rows = tuple(
        (str(number), unit.name, TYPE[unit.type], _outcome(c, unit), unit.certificate or "-")
        for number, unit in enumerate(units, 1)
    )
    return Block(Kind.TABLE, cells=(_HEAD, *rows), widths=_WIDTHS)


def _outcome(c: Convened, unit: ResolvedUnit) -> str:
    resolution = unit.resolution
    if resolution is None:
        return LONG_DOTS
    parts = (
        outcome_with_condition(resolution, c.occasion.words),
        f"เหตุผล: {set_apart(resolution.reason)}" if resolution.reason and not unit.certified else "",
    )
    return in_lines(" ".join(filter(None, parts)))
