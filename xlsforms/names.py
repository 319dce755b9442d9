"""The names of forms, fields and lists: the one place where those who build, read and send forms agree.

A field's name is unique in its whole form, so it may be read by local name wherever its group stands.
"""

from mochocho.model import ApplicantType

APPLICATION = "mochocho_application"
ONSITE = "mochocho_onsite"
APPLICANTS = "applicants"  # the entity list, and `applicants.csv` where a server has no entities


def _flat(code: str) -> str:
    return code.replace(".", "_")


def eligibility(type_: ApplicantType, code: str) -> str:
    """Months, `yes`/`no`, or the chosen option's code, by the rule's check."""
    return f"el_{type_}_{code}"


def document(type_: ApplicantType, code: str) -> str:
    """`attached`, `later`, `waived` (where the pack allows) or `signed` (the signed form itself)."""
    return f"doc_{type_}_{code}"


def pages(type_: ApplicantType, code: str) -> str:
    """The repeat that holds one photo a page; Kobo garbles a leaf whose name begins with its repeat's."""
    return f"pages_{type_}_{code}"


def photo(type_: ApplicantType, code: str) -> str:
    """The photo of a page, or of the portrait (which is no repeat)."""
    return f"photo_{type_}_{code}"


def waived_by(type_: ApplicantType, code: str) -> str:
    """Who saw the original."""
    return f"waived_{type_}_{code}"


def indicator(code: str) -> str:
    """The assessor's answer: a whole number; `1`/`0` for yes and no."""
    return f"i_{_flat(code)}"


def evidence(code: str) -> str:
    """The photo that shows what an indicator was answered from; optional."""
    return f"e_{_flat(code)}"


def points(code: str) -> str:
    """Points of one indicator in hundredths, computed on the phone."""
    return f"s_{_flat(code)}"


def dimension_points(code: str) -> str:
    """Points of one dimension in hundredths, blank while one of its indicators is not assessed."""
    return f"d_{_flat(code)}"
