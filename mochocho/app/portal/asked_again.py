"""Asking for the password once more, before something that whoever sits at this browser must not do alone."""

from flask import request

from mochocho.app.portal import form_errors
from mochocho.app.portal.access.signed_in import caller, current_home, current_person, now
from mochocho.app.portal.access.signing_in import Refused, refused_owner
from mochocho.app.portal.form_errors import FormErrors

_WHY = {
    Refused.WRONG: "รหัสผ่านไม่ถูกต้อง ให้ใส่รหัสผ่านของท่านเอง ยังไม่ได้บันทึกอะไร",
    Refused.WRONG_CODE: "รหัสไม่ถูกต้องหรือใช้ไปแล้ว ให้รอรหัสถัดไป ยังไม่ได้บันทึกอะไร",
    Refused.TOO_OFTEN: "ลองหลายครั้งเกินไป ให้รอ 15 นาทีแล้วลองอีกครั้ง",
}


def refused(form: str, *, with_code: bool = False) -> FormErrors:
    """Why the `password` of a form is not that of whoever is signed in, at its field; none where it is.

    `with_code`: its `code` must be of the account's second factor too, where it has one; a right one is used
    up, so it is asked for when nothing else is wrong.

    An account of the province's own provider has none to ask for.
    """
    person, sent = current_person(), request.form
    if person.elsewhere:
        return form_errors.NONE
    found = refused_owner(
        current_home(),
        person.login,
        sent.get("password", ""),
        caller(),
        now(),
        sent.get("code", "") if with_code else None,
    )
    if found is None:
        return form_errors.NONE
    field = (
        (f"{form}-code", "รหัสขั้นที่สอง") if found is Refused.WRONG_CODE else (f"{form}-password", "รหัสผ่านของท่าน")
    )
    return form_errors.at(*field, _WHY[found])
