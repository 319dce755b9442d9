"""The second factor: codes from a phone (TOTP), each used once, and ten for when the phone is lost."""

import hashlib
import hmac
import re
from datetime import datetime

import pyotp
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from mochocho.app.portal.access import passwords, sessions
from mochocho.app.tables import AccountRow, RecoveryCodeRow, UsedTotpRow
from mochocho.storage.db import insert_or_ignore

STEP = 30  # seconds
DRIFT = 1  # steps by which a phone's clock may be wrong
RECOVERY_CODES = 10
SECRET = re.compile(r"[A-Z2-7]{32}")
TOTP_DIGITS = 6
LETTERS, _OLDER_LETTERS = 16, 10  # of a recovery code


def new_secret() -> str:
    return pyotp.random_base32()


def address(secret: str, login: str, province: str) -> str:
    """What the phone's app reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=f"มชช. {province}")


def set_up(session: Session, account_id: int, secret: str, code: str, now: datetime) -> list[str]:
    """Take this secret once a code of it was typed; the recovery codes, to be shown once. [] = a wrong code.

    Every session of the account ends.
    """
    row = session.get_one(AccountRow, account_id)
    if not SECRET.fullmatch(secret) or not _used(session, account_id, secret, code, now):
        return []
    row.totp = secret
    sessions.end_all(session, account_id)
    return renewed_codes(session, account_id)


def renewed_codes(session: Session, account_id: int) -> list[str]:
    """Ten new recovery codes; those before end."""
    forget_codes(session, account_id)
    codes = [passwords.given() for _ in range(RECOVERY_CODES)]
    session.add_all(
        RecoveryCodeRow(account_id=account_id, code_hash=passwords.hashed(_letters(code))) for code in codes
    )
    return codes


def forget_codes(session: Session, account_id: int) -> None:
    """End the recovery codes of an account."""
    session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.account_id == account_id))


def right(session: Session, row: AccountRow, typed: str, now: datetime) -> bool:
    """Whether this is a code of the phone, or a recovery code; either is used up."""
    code = _letters(typed)
    if len(code) == TOTP_DIGITS:
        return _used(session, row.id, row.totp, code, now)
    unused = session.scalars(
        select(RecoveryCodeRow).where(RecoveryCodeRow.account_id == row.id, RecoveryCodeRow.used_at.is_(None))
    )
    stored = next((one.code_hash for one in unused if _fits(code, one.code_hash)), None)
    if stored is None:
        return False
    taken = session.execute(
        update(RecoveryCodeRow)
        .where(
            RecoveryCodeRow.account_id == row.id,
            RecoveryCodeRow.code_hash == stored,
            RecoveryCodeRow.used_at.is_(None),
        )
        .values(used_at=now)
        .returning(RecoveryCodeRow.code_hash)
    )
    return taken.first() is not None


def _used(session: Session, account_id: int, secret: str, code: str, now: datetime) -> bool:
    of_now, totp = int(now.timestamp()) // STEP, pyotp.TOTP(secret)
    session.execute(delete(UsedTotpRow).where(UsedTotpRow.step < of_now - 10))
    matching = [
        step
        for step in range(of_now - DRIFT, of_now + DRIFT + 1)
        if hmac.compare_digest(totp.at(step * STEP).encode(), code.encode())
    ]
    rows = [{"account_id": account_id, "step": step} for step in matching[:1]]
    return insert_or_ignore(session, UsedTotpRow, rows) == 1


def _letters(typed: str) -> str:
    return re.sub(r"[\s-]", "", typed).lower()


def _fits(code: str, stored: str) -> bool:
    if len(code) == _OLDER_LETTERS:  # of a set that was made before codes were longer, kept as SHA-256
        return hmac.compare_digest(hashlib.sha256(code.encode()).hexdigest(), stored)
    return len(code) == LETTERS and passwords.matches(code, stored)
