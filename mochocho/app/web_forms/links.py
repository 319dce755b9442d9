"""Makes the link that opens one form in a browser, in the name of an officer."""

from datetime import UTC, datetime

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from processing.tables import ApplicantRow
from sync import officers, web_links
from sync.openrosa import qr
from sync.openrosa.address import told_url
from sync.openrosa.browser import programs
from xlsforms.names import APPLICATION, KNOWLEDGE, PLAN, SELF_ASSESSMENT, SUPPLEMENT

# Not the score sheet: whoever scores on site has a phone there.
FORMS_TH = {
    SUPPLEMENT: "ส่งเอกสารเพิ่มเติม",
    PLAN: "แผนพัฒนาตนเอง",
    SELF_ASSESSMENT: "แบบประเมินตนเอง",
    KNOWLEDGE: "แบบบันทึกองค์ความรู้",
    APPLICATION: "ใบสมัครใหม่",
}


def logged(form_id: str, reason: str) -> str:
    """What the access log says of a link; `reason`: why it is given, as the number of a request."""
    return " ".join(filter(None, (FORMS_TH.get(form_id, form_id), reason)))


def available(home: Home) -> bool:
    """Whether the programs are installed."""
    return programs.of_home(home.settings.home) is not None


def make(home: Home, form_id: str, applicant: str, officer_id: int, by: str) -> str:
    """The address to open. `applicant`: its key, "" for a new application.

    Raises Terminal for a form that is not filled in a browser, an unknown applicant, an officer who is not of
    its district, and where the programs are not installed.
    """
    if not available(home):
        raise Terminal(
            "ยังไม่ได้ติดตั้งโปรแกรมกรอกแบบในเบราว์เซอร์ ให้ผู้ดูแลระบบสั่ง `mochocho webforms install`",
            "the programs that fill forms in a browser are not installed: `mochocho webforms install`",
        )
    if form_id not in FORMS_TH:
        known = ", ".join(FORMS_TH)
        raise Terminal(f"กรอกในเบราว์เซอร์ได้เฉพาะ {known}", f"a browser fills only {known}")
    officer = officers.active(home, officer_id)
    _check(home, form_id, applicant, officer)
    token = web_links.make(home, form_id, applicant, officer.id, by, datetime.now(UTC))
    return f"{qr.token_url(told_url(home.settings.endpoint), token)}/fill"


def _check(home: Home, form_id: str, applicant: str, officer: officers.Officer) -> None:
    if (form_id == APPLICATION) == bool(applicant):
        raise Terminal(
            "ใบสมัครใหม่ไม่ระบุผู้สมัคร ส่วนแบบอื่นต้องระบุผู้สมัคร",
            "a new application names no applicant, every other form does",
        )
    if not applicant:
        return
    with reading(home.engine) as session:
        row = session.get(ApplicantRow, applicant)
        district = row.district if row else None
    if district not in officer.districts:
        raise Terminal(
            f"ไม่มีผู้สมัคร {applicant} ในอำเภอของ {officer.name}",
            f"there is no applicant {applicant} in the districts of {officer.name}",
        )
