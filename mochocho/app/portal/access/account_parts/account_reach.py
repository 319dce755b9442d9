"""Whose matters an account sees: what goes with its role, and how it is said."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.app.portal.access.account_parts.account import Account
from mochocho.app.portal.access.roles import ROLES_TH, Role
from mochocho.storage.home import Home
from mochocho.words import thai
from mochocho.words.days import THAILAND
from mochocho.words.errors import Unfit
from mochocho.words.sentences import Sentence
from processing.tables import ApplicantRow

_DISTRICTS = Sentence(
    "อำเภอใช้กับบัญชีของเจ้าหน้าที่อำเภอและกรรมการผู้ประเมิน",
    "districts go with accounts of a district and of assessors",
)
_APPLICANTS = Sentence("รหัสผู้สมัครใช้กับบัญชีของกรรมการผู้ประเมิน", "applicants go with accounts of assessors")
_UNTIL = Sentence("วันหมดอายุใช้กับบัญชีของผู้ดูเอกสารประชุม", "a last day goes with accounts of viewers")


def columns(
    home: Home,
    session: Session,
    role: Role,
    districts: Sequence[str],
    applicants: Sequence[str],
    until: datetime | None,
) -> dict[str, object]:
    """The columns that say whom an account sees. Raises Unfit for what does not go with the role."""
    for part, given, roles, what in (
        ("districts", districts, (Role.DISTRICT, Role.ASSESSOR), _DISTRICTS),
        ("applicants", applicants, (Role.ASSESSOR,), _APPLICANTS),
        ("until", until, (Role.VIEWER,), _UNTIL),
    ):
        if given and role not in roles:
            raise Unfit(
                f"{what.th}เท่านั้น ให้เว้นว่าง หรือเลือกหน้าที่ใหม่",
                f"{what.en} alone; leave it out, or choose another role",
                part=part,
            )
    if role is Role.DISTRICT and not districts:
        raise Unfit(
            "บัญชีของอำเภอต้องบอกอำเภอ (คำสั่งใช้ --district)",
            "an account of a district needs its --district",
            part="districts",
        )
    if role is Role.ASSESSOR and not districts and not applicants:
        raise Unfit(
            "บัญชีกรรมการต้องบอกอำเภอหรือรหัสผู้สมัครที่มอบหมาย (คำสั่งใช้ --district หรือ --applicant)",
            "an account of an assessor needs --district or --applicant",
            part="districts",
        )
    if until is not None and until <= datetime.now(UTC):
        raise Unfit(
            "วันหมดอายุผ่านไปแล้ว ให้ใส่วันในอนาคต", "the last day is over; give one that is to come", part="until"
        )
    return {
        "districts": _codes(home, districts),
        "applicants": _applicants(session, applicants),
        "until": until,
    }


def reach_th(home: Home, account: Account) -> str:
    """What an account is for and whose matters it sees, as pages and the log say it."""
    words = [ROLES_TH[account.role]]
    names = [one.name_th for one in home.province.districts if one.code in account.districts]
    if names:
        words.append(" ".join(f"อำเภอ{name}" for name in names))
    if account.applicants:
        words.append(f"ผู้สมัคร {len(account.applicants)} ราย")
    if account.until:
        day = last_day(account.until)
        words.append(f"ถึง {thai.date_short(day, thai_digits=False)}")
    return " ".join(words)


def end_of(day: date) -> datetime:
    """The moment at which a last day is over."""
    return datetime.combine(day + timedelta(days=1), time(), THAILAND)


def last_day(until: datetime) -> date:
    """The day of which this moment is the end."""
    return (until - timedelta(microseconds=1)).astimezone(THAILAND).date()


def _codes(home: Home, districts: Sequence[str]) -> list[str]:
    codes = [home.province.code_of(one) for one in districts]
    unknown = [
        one for one, code in zip(districts, codes, strict=True) if home.province.district(code) is None
    ]
    if unknown:
        raise Unfit(
            f"จังหวัด{home.province.name_th}ไม่มีอำเภอ {', '.join(unknown)}",
            f"{home.province.name_th} has no district {', '.join(unknown)}",
            part="districts",
        )
    return codes


def _applicants(session: Session, keys: Sequence[str]) -> list[str]:
    keys = list(dict.fromkeys(key.strip().removeprefix("uuid:").lower() for key in keys))
    known = set(session.scalars(select(ApplicantRow.key).where(ApplicantRow.key.in_(keys))))
    if unknown := [key for key in keys if key not in known]:
        raise Unfit(
            f"ไม่มีผู้สมัครรหัส {', '.join(unknown)}",
            f"there is no applicant {', '.join(unknown)}",
            part="applicants",
        )
    return keys
