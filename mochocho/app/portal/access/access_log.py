"""Logging, from a page, that its person is given something to see or changes the portal.

Where a row cannot be written, nothing is shown: `note` raises, and the answer is 503.
"""

from flask import request
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from mochocho.app import access_chain
from mochocho.app.access_chain import Changed, Shown, Who
from mochocho.app.portal.access.signed_in import current_home, current_person, now
from mochocho.storage.db import transaction
from mochocho.words.errors import Transient
from mochocho.words.thai import NOTHING_SAID, says_something

_SHORTEST, _LONGEST = 10, 500  # letters of a reason


def note(what: Shown | Changed, about: str, reason: str = "") -> None:
    """Log that this request's person is about to be given `about`, or has changed it. Raises Transient where
    it cannot be.
    """
    try:
        with transaction(current_home().engine, counted=False) as session:
            access_chain.append(session, person_here(), what, about, reason, now())
    except SQLAlchemyError as error:
        raise Transient(
            "บันทึกการเข้าถึงไม่ได้ จึงยังเปิดให้ดูไม่ได้ ให้รอสักครู่แล้วลองอีกครั้ง",
            "the access log cannot be written, so nothing is shown",
        ) from error


def note_beside(session: Session, what: Changed, about: str, reason: str) -> None:
    """Log, in the transaction that changes it, what this request's person changes. Raises Transient where it
    cannot be; then nothing is changed either.
    """
    try:
        access_chain.append(session, person_here(), what, about, reason, now())
        session.flush()
    except SQLAlchemyError as error:
        raise Transient(
            "บันทึกการเข้าถึงไม่ได้ จึงยังไม่ได้เปลี่ยนอะไร ให้รอสักครู่แล้วลองอีกครั้ง",
            "the access log cannot be written, so nothing was changed",
        ) from error


def wrong_reason(reason: str) -> str:
    """Why a reason for being given something to see is not taken; empty where it is."""
    if not says_something(reason):
        return NOTHING_SAID.th
    fits = _SHORTEST <= len(reason) <= _LONGEST
    return "" if fits else f"ต้องยาว {_SHORTEST} ถึง {_LONGEST} ตัวอักษร"


def person_here() -> Who:
    """Whoever is signed in, at this page."""
    person = current_person()
    return Who(person.id, person.name, request.path)
