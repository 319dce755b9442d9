"""Asking for the password once more, before something that whoever sits at this browser must not do alone."""

from flask import request

from mochocho.app.portal import form_errors
from mochocho.app.portal.access.signed_in import caller, current_home, current_person, now
from mochocho.app.portal.access.signing_in import Refused, refused_owner
from mochocho.app.portal.form_errors import FormErrors

WHY = {
    Refused.WRONG: "รหัสผ่านไม่ถูกต้อง ให้ใส่รหัสผ่านของท่านเอง ยังไม่ได้บันทึกอะไร",
    Refused.WRONG_CODE: "รหัสขั้นที่สองไม่ถูกต้องหรือใช้ไปแล้ว ให้รอรหัสถัดไป ยังไม่ได้บันทึกอะไร",
    Refused.TOO_OFTEN: "ลองหลายครั้งเกินไป ให้รอ 15 นาทีแล้วลองอีกครั้ง",
}


def refusal(*, with_code: bool = False) -> str:
    """Why the form's `password` is not that of whoever is signed in, in Thai; '' where it is.

    `with_code`: its `code` must be of the account's second factor too, where it has one.

    An account of the province's own provider has none to ask for.
    """
    person, form = current_person(), request.form
    if person.elsewhere:
        return ""
    refused = refused_owner(
        current_home(),
        person.login,
        form.get("password", ""),
        caller(),
        now(),
        form.get("code", "") if with_code else None,
    )
    return WHY[refused] if refused else ""


def told(form: str, why: str) -> FormErrors:
    """A refusal, at the field for the password of a form."""
    return form_errors.at(f"{form}-password", "รหัสผ่านของท่าน", why)
