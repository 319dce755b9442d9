"""The names of forms, fields and lists: the one place where those who build, read and send forms agree.

A field's name is unique in its whole form, so it may be read by local name wherever its group stands.
"""

from mochocho.words.model import ApplicantType

APPLICATION = "mochocho_application"
PLAN = "mochocho_plan"
SELF_ASSESSMENT = "mochocho_self_assessment"
ONSITE = "mochocho_onsite"
SUPPLEMENT = "mochocho_supplement"
KNOWLEDGE = "mochocho_knowledge"
FORMS = (APPLICATION, PLAN, SELF_ASSESSMENT, ONSITE, SUPPLEMENT, KNOWLEDGE)

APPLICANTS = "applicants"  # the entity list, and `applicants.csv` where a server has no entities
ASSESSORS = "assessors"  # `assessors.csv`: the committees' members
PLAN_ITEMS = "plan_items"  # `plan_items.csv`: the applicants' own sub-criteria and targets
VILLAGES = "villages"  # `villages.csv`: where the settings name one


def flat(code: str) -> str:
    """An indicator's, component's or dimension's code as a part of a name: L1.2.1 -> L1_2_1."""
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


def lacking(field: str) -> str:
    """1 while what an application's question asks for is not there, else 0; computed on the phone."""
    return f"lack_{field}"


def sends(field: str) -> str:
    """How many photos a supplement sends for an application's question of a document."""
    return f"sends_{field}"


def supplement_for(type_: ApplicantType, code: str) -> str:
    """The group of a supplement that asks for one document."""
    return f"for_{type_}_{code}"


def supplement_how(type_: ApplicantType, code: str) -> str:
    """`whole` (all pages anew) or `page` (one page is replaced)."""
    return f"how_{type_}_{code}"


def supplement_page(type_: ApplicantType, code: str) -> str:
    """The number, from 1, of the page that is replaced."""
    return f"page_{type_}_{code}"


def indicator(code: str) -> str:
    """The assessor's answer: a whole number; `1`/`0` for yes and no."""
    return f"i_{flat(code)}"


def evidence(code: str) -> str:
    """The photo that shows what an indicator was answered from; optional."""
    return f"e_{flat(code)}"


def points(code: str) -> str:
    """Points of one indicator in hundredths, rounded, computed on the phone."""
    return f"s_{flat(code)}"


def dimension_points(code: str) -> str:
    """Points of one dimension in hundredths, rounded; blank while one of its indicators is not assessed."""
    return f"d_{flat(code)}"


def numerator(code: str) -> str:
    """Points of one dimension in parts of a mark (`denominator` of them); blank likewise."""
    return f"x_{flat(code)}"


def cannot(code: str) -> str:
    """Which of a component's indicators could not be assessed: their codes, flat, with spaces."""
    return f"cannot_{flat(code)}"


def not_assessed(code: str) -> str:
    """Why an indicator could not be assessed: `no_evidence`, `not_applicable` or `other`; else blank."""
    return f"n_{flat(code)}"


def not_assessed_why(code: str) -> str:
    """The reason in words, where the reason is `other`."""
    return f"n_{flat(code)}_why"


def justification(code: str) -> str:
    """Why this answer was given, where the pack asks for it."""
    return f"j_{flat(code)}"


def gap(code: str) -> str:
    """Full marks less points of one indicator, in hundredths."""
    return f"g_{flat(code)}"


def dimension_photos(code: str) -> str:
    """Which of a dimension's indicators get an evidence photo: their codes, flat, with spaces."""
    return f"photos_{flat(code)}"


def meetings(code: str) -> str:
    """The repeat of meetings from which a percentage of attendance is computed."""
    return f"m_{flat(code)}"


def meetings_held(code: str) -> str:
    """Whether there were meetings at all: `1` or `0`; no meeting is an attendance of zero."""
    return f"held_{flat(code)}"


def met_on(code: str) -> str:
    """The date of one meeting."""
    return f"met_on_{flat(code)}"


def present(code: str) -> str:
    """How many members came to one meeting."""
    return f"present_{flat(code)}"


def members(code: str) -> str:
    """How many members there were on the day of one meeting."""
    return f"members_{flat(code)}"
