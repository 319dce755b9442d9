"""Finds an applicant by what a person types, and reads what its explanation is made of."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words import people
from mochocho.words.errors import Terminal
from processing.assessment import assess
from processing.assessment.cases import Casebook
from processing.decisions import recorded
from processing.decisions.decision import Kind
from processing.documents import measure
from processing.register import stored
from processing.register.form_packs import Packs
from processing.tables import ApplicantRow
from reports.explaining.explained_case import ExplainedCase

SHOWN = 10  # applicants named where several have what was typed


def read(home: Home, who: str) -> ExplainedCase:
    """The applicant with this key or name. Raises Terminal: none or several, or it was never assessed."""
    with reading(home.engine) as session:
        found = of_key(home, session, _key(session, who))
    if found is None:
        raise Terminal(
            "ผู้สมัครรายนี้ยังไม่ได้ตรวจ ให้สั่ง `mochocho assess` ก่อน",
            "this applicant has not been assessed; `mochocho assess` first",
        )
    return found


def of_key(home: Home, session: Session, key: str) -> ExplainedCase | None:
    """The applicant of the register with this key; None before it is assessed."""
    query = select(ApplicantRow.key).where(ApplicantRow.key == key, ApplicantRow.assessment_id.is_not(None))
    if session.scalar(query) is None:
        return None
    case = next(iter(Casebook(session).of([key])))
    counted = case.assessment.counted
    sheets = {s.instance_id: s for s in stored.sheets(session, [key]).get(key, ())}
    return ExplainedCase(
        case=case,
        pack_of=Packs(home, session).of,
        sheets={one: sheets[one] for one in (counted.sheets if counted else ()) if one in sheets},
        measurements=measure.of(session, [key]),
        decisions=tuple(recorded.holding(session, set(Kind), [key])),
        changed=assess.is_stale(home, session, key),
    )


def _key(session: Session, who: str) -> str:
    wanted = people.key(who)
    rows = session.execute(select(ApplicantRow.key, ApplicantRow.name)).all()
    found = [row for row in rows if row.key == who] or [row for row in rows if people.key(row.name) == wanted]
    if not found:
        raise Terminal(
            f"ไม่มีผู้สมัครที่มีรหัสหรือชื่อ “{who}” รหัสอยู่ใต้ QR บนแฟ้มของผู้สมัคร",
            f"no applicant has the key or name “{who}”; the key is under the code on the dossier",
        )
    if len(found) > 1:
        keys = ", ".join(sorted(row.key for row in found)[:SHOWN])
        raise Terminal(
            f"มีผู้สมัครชื่อนี้ {len(found)} ราย ให้ใส่รหัสแทนชื่อ: {keys}",
            f"{len(found)} applicants have this name; give a key instead: {keys}",
        )
    return str(found[0].key)
