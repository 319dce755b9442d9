"""Findings about what people decided, with who decided and why. Pure."""

from collections.abc import Iterable

from mochocho.words.model import Severity
from processing.findings.entry import Entry, Wording, entry

_BY = "โดย {by} เหตุผล: {reason}"
_TAKE_BACK = "หากไม่ถูกต้อง ให้เพิกถอนด้วยคำสั่ง mochocho decisions revoke"
_RULED = f"วินิจฉัยว่าไม่ขัดคุณสมบัติ {_BY}"


def ruled_not_to_bar(*whats: str) -> Iterable[Wording]:
    """The same findings of eligibility where a person decided that they do not bar."""
    return (Wording(f"{what} {_RULED}", _TAKE_BACK) for what in whats)


DECISIONS: tuple[Entry, ...] = (
    entry(
        "applicant.withdrawn",
        "21",
        Wording(f"ถอนใบสมัคร {_BY}", _TAKE_BACK, severity=Severity.BLOCKING),
    ),
    entry(
        "applicant.merged",
        "21",
        Wording(f"รวมกับใบสมัครของ {{into}} {_BY}", _TAKE_BACK, severity=Severity.BLOCKING),
    ),
    entry(
        "eligibility.barred",
        "11-18",
        Wording(
            f"{{rule}}: วินิจฉัยว่าขาดคุณสมบัติข้อนี้ {_BY}",
            _TAKE_BACK,
            field="{rule}: วินิจฉัยว่าขาดคุณสมบัติข้อนี้ เหตุผล: {reason}",
            severity=Severity.BLOCKING,
        ),
    ),
    entry(
        "score.reconciled",
        "25",
        Wording(f"ตัวบ่งชี้ {{indicator}}: ประมวลเป็น {{answer}} {_BY} (เดิม {{marks:marks}})", _TAKE_BACK),
    ),
    entry(
        "score.reconciled_unused",
        "25",
        Wording(
            f"ตัวบ่งชี้ {{indicator}}: ค่าที่ประมวลเป็น {{answer}} {_BY} ใช้กับแบบให้คะแนนที่นับอยู่ไม่ได้",
            "ให้ตรวจตัวบ่งชี้และค่า แล้วบันทึกใหม่",
        ),
    ),
)
