"""Who a form says that a request is about, and why."""

from dataclasses import dataclass

from flask import request

from mochocho.app.portal import form_errors
from mochocho.app.portal.access import access_log
from mochocho.app.portal.form_errors import FieldError, FormErrors
from mochocho.words.errors import Unfit
from mochocho.words.thai import normalise
from processing.persons.sought_person import Sought, sought

_FIELDS = {
    "key": ("key", "รหัสผู้สมัคร"),
    "national_id": ("national_id", "เลขประจำตัวประชาชน"),
    "name": ("name", "ชื่อและนามสกุล"),
    "telephone": ("telephone", "โทรศัพท์"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who asks, and why."""

    person: Sought
    reason: str


def wanted_here() -> Wanted | FormErrors:
    """Of this request's form; what is wrong in it, each at its field."""
    form, errors = request.form, dict[str, FieldError]()
    given = {name: form.get(name, "") for name in _FIELDS}
    person = Sought()
    if any(map(normalise, given.values())):
        try:
            person = sought(**given)
        except Unfit as error:
            errors |= form_errors.of(error, _FIELDS).fields
    else:
        errors |= form_errors.at(*_FIELDS["name"], "ใส่อย่างน้อยหนึ่งอย่างที่บอกว่าเป็นผู้ใด").fields
    reason = normalise(form.get("reason", ""))
    if said := access_log.wrong_reason(reason):
        errors |= form_errors.at("reason", "เลขที่คำขอหรือเหตุผล", said).fields
    return FormErrors(errors) if errors else Wanted(person, reason)
