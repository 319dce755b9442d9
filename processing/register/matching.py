"""Forms that name their applicant only by a typed name: a person decides which applicant is meant.

A decision is appended, with who decided and when; from then on the form is read as if that applicant had been
chosen on the phone.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree
from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words.errors import BadInput
from processing.decisions import recorded, recorder
from processing.decisions.decision import Decision, Kind
from processing.decisions.office.typed_rulings import undoing
from processing.register.kinds import KINDS
from processing.register.name_candidates import Candidate, Listed, candidates
from processing.register.read.fields import Fields
from processing.tables import ApplicantRow, UnreadRow
from sync.mirror import queries
from sync.xform.parse import Instance, parse_instance

UNMATCHED = "applicant.unmatched"
_KEY = "applicant_key"
TAKEN_BACK = "แบบฟอร์มไม่ใช่ของผู้สมัครที่จับคู่ไว้"


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A form that waits for a decision, what was typed on it, and the applicants that may be meant."""

    root_id: str
    form_id: str
    name: str
    type: str
    district: str  # code
    candidates: tuple[Candidate, ...] = ()


def choose(instance: Instance, matched: str) -> None:
    """Make the instance name the applicant that a person decided on.

    Raises BadInput applicant.unmatched where only a name was typed and nobody has decided.
    """
    fields = _fields(instance)
    if fields.text(_KEY) or not fields.words("typed_name"):
        return
    if not matched:
        raise BadInput(
            UNMATCHED,
            "ผู้กรอกไม่พบผู้สมัครในรายชื่อและพิมพ์ชื่อไว้ ให้เจ้าหน้าที่จังหวัดจับคู่กับใบสมัครด้วยคำสั่ง mochocho match",
            "the applicant was not in the list, so a name was typed; say which applicant it is by "
            "mochocho match",
        )
    for element in instance.root.iter(etree.Element):
        if etree.QName(element).localname == _KEY:
            element.text = matched
            return
    etree.SubElement(instance.root, _KEY).text = matched


def latest_matches(session: Session, roots: Collection[str]) -> dict[str, str]:
    """Root id -> applicant's key, by the latest decision about each of these roots."""
    found = recorded.matches(session, roots)
    return {root: one.applicant_key for root, one in found.items() if one.applicant_key}


def waiting_roots(session: Session) -> list[str]:
    """The root id of every form that waits for a decision, in order."""
    return sorted(session.scalars(select(UnreadRow.root_id).where(UnreadRow.code == UNMATCHED)))


def unmatched(home: Home, roots: Collection[str] | None = None) -> list[Unmatched]:
    """Every form that waits for a decision, by form and root id; of these roots alone, if any are given."""
    with reading(home.engine) as session:
        waiting = [root for root in waiting_roots(session) if roots is None or root in roots]
        forms = [one for form_id in KINDS for one in _typed(home, session, form_id, waiting)]
        query = select(ApplicantRow.key, ApplicantRow.name, ApplicantRow.type, ApplicantRow.district)
        there = query.where(ApplicantRow.district.in_({one.district for one in forms}))
        applicants = [Listed(*row) for row in session.execute(there)]
    return [
        replace(one, candidates=candidates(one.name, one.type, one.district, applicants)) for one in forms
    ]


def record(home: Home, root_id: str, key: str, by: str) -> bool:
    """Record which applicant a form is about; '' = none of them, so that it waits again.

    Returns whether this changed anything. Raises BadInput as `matched` and `recorder.record_decisions`.
    """
    with transaction(home.engine) as session:
        decided = matched(home, session, root_id, key, by) if key else _taken_back(session, root_id, by)
        return bool(decided and recorder.append(session, [decided], home.pack))


def matched(home: Home, session: Session, root_id: str, key: str, by: str, reason: str = "") -> Decision:
    """That this form is about this applicant, as a decision to be recorded, in place of any before it.

    Raises BadInput match.unknown_form, match.not_needed.
    """
    _refuse_needless(home, session, root_id)
    stands = recorded.matches(session, [root_id]).get(root_id)
    if stands and stands.applicant_key == key:
        return replace(stands, undoes=None)
    before = stands.number if stands else None
    return Decision(Kind.MATCH, key, root_id, reason=reason, recorded_by=by, undoes=before)


def _taken_back(session: Session, root_id: str, by: str) -> Decision | None:
    """None where no applicant was chosen."""
    stands = recorded.matches(session, [root_id]).get(root_id)
    return undoing(Kind.REVOKE, stands.number, stands, TAKEN_BACK, by) if stands else None


def _typed(home: Home, session: Session, form_id: str, roots: Sequence[str]) -> Iterator[Unmatched]:
    for mirrored in queries.current(session, form_id, roots):
        fields = _fields(parse_instance(home.store.read(mirrored.xml_sha256)))
        yield Unmatched(
            root_id=mirrored.root_id,
            form_id=form_id,
            name=fields.words("typed_name"),
            type=fields.text("typed_type"),
            district=fields.text("district"),
        )


def _refuse_needless(home: Home, session: Session, root_id: str) -> None:
    found = [m for form_id in KINDS for m in queries.current(session, form_id, [root_id])]
    if not found:
        raise BadInput(
            "match.unknown_form",
            f"ไม่มีแบบฟอร์มรหัส {root_id[:60]} ที่อ้างถึงผู้สมัคร ให้ดูรหัสจาก mochocho match",
            f"no form {root_id[:60]} names an applicant; mochocho match shows their ids",
        )
    fields = _fields(parse_instance(home.store.read(found[0].xml_sha256)))
    if fields.text(_KEY) or not fields.words("typed_name"):
        raise BadInput(
            "match.not_needed",
            "แบบฟอร์มนี้เลือกผู้สมัครจากรายชื่อแล้ว จึงจับคู่ใหม่ไม่ได้ ให้แก้ไขแบบแล้วส่งใหม่",
            "the applicant of this form was chosen from the list, which matching cannot change; "
            "have the form corrected and sent again",
        )


def _fields(instance: Instance) -> Fields:
    nothing: dict[str, str | None] = {}
    return Fields(instance.root, nothing)
