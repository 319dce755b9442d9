"""The chair waits for no more score sheets of an applicant and round; reopening takes that back."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.errors import BadInput
from mochocho.words.model import Round
from processing.decisions import recorded
from processing.decisions.decision import Closed, Decision, Kind
from processing.decisions.office.typed_rulings import undoing
from processing.decisions.recorder import record_decisions
from processing.register import stored


def close(home: Home, keys: Sequence[str], round_: Round, reason: str, by: str) -> int:
    """Record that this round is closed, for all of these applicants or for none; returns of how many.

    Raises BadInput: as `closing`, and where no sheet has come.
    """
    with reading(home.engine) as session:
        made = [closing(session, key, round_, reason, by) for key in keys]
    return len(record_decisions(home, made))


def closing(session: Session, key: str, round_: Round, reason: str, by: str) -> Decision:
    """That this round of an applicant is closed, as a decision to be recorded.

    Raises BadInput where more sheets have come since it was closed; they count when it is reopened.
    """
    sheets = stored.sheets(session, [key]).get(key, ())
    held = recorded.holding(session, (Kind.SHEETS_CLOSE,), [key])
    came = Closed(tuple(sorted(sheet.root_id for sheet in sheets if sheet.round is round_)))
    if any(one.content != came for one in held if one.about == round_.value):
        raise BadInput(
            "decision.about",
            f"ผู้สมัครรหัส {key} ปิดรับแบบให้คะแนนรอบนี้แล้ว ให้เปิดรับใหม่ก่อน แล้วจึงปิด",
            f"this round of applicant {key} is closed; reopen it first, then close it",
        )
    return Decision(Kind.SHEETS_CLOSE, key, round_.value, came, reason, by)


def reopen(home: Home, keys: Sequence[str], round_: Round, reason: str, by: str) -> int:
    """Take closings back; returns how many. Raises BadInput for an applicant whose round is not closed."""
    with reading(home.engine) as session:
        held = recorded.holding(session, (Kind.SHEETS_CLOSE,), keys)
    closed = {one.applicant_key: one for one in held if one.about == round_.value}
    if still := [key for key in keys if key not in closed]:
        raise BadInput(
            "decision.undoes",
            f"ผู้สมัครรหัส {still[0][:60]} ยังไม่ได้ปิดรับแบบให้คะแนนรอบนี้",
            f"this round of applicant {still[0][:60]} is not closed",
        )
    made = [undoing(Kind.REOPEN, closed[key].number, closed[key], reason, by) for key in keys]
    return len(record_decisions(home, made))
