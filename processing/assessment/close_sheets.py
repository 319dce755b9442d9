"""The chair waits for no more score sheets of an applicant and round; reopening takes that back."""

from collections.abc import Sequence

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.errors import BadInput
from mochocho.words.model import Round
from processing.decisions import recorded
from processing.decisions.decision import Closed, Decision, Kind
from processing.decisions.recorder import record_decisions
from processing.register import stored


def close(home: Home, keys: Sequence[str], round_: Round, reason: str, by: str) -> int:
    """Record that this round is closed, for all of these applicants or for none; returns of how many.

    Raises BadInput: no sheet has come, or more have come since it was closed; they count when it is reopened.
    """
    with reading(home.engine) as session:
        sheets = stored.sheets(session, keys)
        held = recorded.holding(session, (Kind.SHEETS_CLOSE,), keys)
    closed = {one.applicant_key: one.content for one in held if one.about == round_.value}
    made = []
    for key in keys:
        came = tuple(sorted(s.root_id for s in sheets.get(key, ()) if s.round is round_))
        if closed.get(key, Closed(came)) != Closed(came):
            raise BadInput("decision.about", f"ผู้สมัครรหัส {key} ปิดรับแบบให้คะแนนรอบนี้แล้ว ให้เปิดรับใหม่ก่อน แล้วจึงปิด")
        made.append(Decision(Kind.SHEETS_CLOSE, key, round_.value, Closed(came), reason, by))
    return len(record_decisions(home, made))


def reopen(home: Home, keys: Sequence[str], round_: Round, reason: str, by: str) -> int:
    """Take closings back; returns how many. Raises BadInput for an applicant whose round is not closed."""
    with reading(home.engine) as session:
        held = recorded.holding(session, (Kind.SHEETS_CLOSE,), keys)
    numbers = {one.applicant_key: one.number for one in held if one.about == round_.value}
    if still := [key for key in keys if key not in numbers]:
        raise BadInput("decision.undoes", f"ผู้สมัครรหัส {still[0][:60]} ยังไม่ได้ปิดรับแบบให้คะแนนรอบนี้")
    made = [Decision(Kind.REOPEN, key, reason=reason, recorded_by=by, undoes=numbers[key]) for key in keys]
    return len(record_decisions(home, made))
