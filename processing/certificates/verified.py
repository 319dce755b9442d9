"""Whether the province gave a certificate, and how it stands: by the home, or by what is given out. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from processing.certificates import certificate as certificates
from processing.certificates.certificate import Certificate, NotACertificate
from processing.certificates.given import Given, State
from processing.certificates.given_out import PublicList
from processing.certificates.signing import holds


class Answer(StrEnum):
    """What was found out. Only VALID and SIGNED speak for the paper."""

    VALID = "valid"  # given, and it stands
    SIGNED = "signed"  # the signature is right; whether it was revoked is not known
    REPLACED = "replaced"
    REVOKED = "revoked"
    UNFOUNDED = "unfounded"
    FORGED = "forged"  # the signature is not of these words
    OTHER_KEY = "other_key"  # another key signed it, or it is of another province or year
    UNKNOWN = "unknown"  # no certificate of this code was given
    OLD_LIST = "old_list"  # the list is older than the certificate
    NO_CODE = "no_code"  # what was typed is neither code


SPEAKS_FOR = (Answer.VALID, Answer.SIGNED)
_OF_STATE = {
    State.VALID: Answer.VALID,
    State.REPLACED: Answer.REPLACED,
    State.REVOKED: Answer.REVOKED,
    State.UNFOUNDED: Answer.UNFOUNDED,
}


@dataclass(frozen=True, slots=True)
class Verified:
    """The answer, with what it is about where that is known; `number`: where only that is."""

    answer: Answer
    certificate: Certificate | None = None
    number: int | None = None
    replaced_by: int | None = None
    why: str = ""


def by_home(text: str, every: Sequence[Given]) -> Verified:
    """Of a QR code's text or a short code, against the register of this home."""
    try:
        read = certificates.read(text)
    except NotACertificate:
        code = certificates.typed_code(text)
        if code is None:
            return Verified(Answer.NO_CODE)
        found = next((one for one in every if one.certificate.code == code), None)
        return _as_given(found) if found else Verified(Answer.UNKNOWN)
    found = next((one for one in every if one.certificate == read), None)
    if found:
        return _as_given(found)
    same = any(one.certificate.key_id == read.key_id for one in every)
    return Verified(Answer.FORGED if same else Answer.OTHER_KEY, read)


def by_what_is_given_out(text: str, keys: Sequence[bytes], listed: PublicList | None) -> Verified:
    """Without the home: of a QR code's text by its signature, and by the list where there is one; of a short
    code by the list.
    """
    try:
        read = certificates.read(text)
    except NotACertificate:
        code = certificates.typed_code(text)
        if code is None or listed is None:
            return Verified(Answer.NO_CODE)
        return _as_listed(code, None, listed)
    signed = holds(read, keys)
    if not signed:
        return Verified(Answer.OTHER_KEY if signed is None else Answer.FORGED, read)
    if listed is None:
        return Verified(Answer.SIGNED, read)
    if (listed.province, listed.year_be) != (read.province, read.year_be):
        return Verified(Answer.OTHER_KEY, read)
    return _as_listed(read.code, read, listed)


def _as_given(one: Given) -> Verified:
    return Verified(_OF_STATE[one.state], one.certificate, one.certificate.number, one.replaced_by, one.why)


def _as_listed(code: str, read: Certificate | None, listed: PublicList) -> Verified:
    found = listed.by_code.get(code)
    if found is None:
        old = read is not None and read.number > listed.last
        return Verified(Answer.OLD_LIST if old else Answer.UNKNOWN, read)
    return Verified(_OF_STATE[found.state], read, found.number, found.replaced_by)
