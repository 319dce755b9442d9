"""The names of forms, fields and lists, shared by those that build, read and send forms.

A field's name is unique in its whole form, so it can be read by its local name in any group.
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
VILLAGES = "villages"  # `villages.csv`: if the settings name one

MAIN_WORKS = ("main_work_1", "main_work_2", "main_work_3")  # an application's questions on the main works


def flat(code: str) -> str:
    """The code of an indicator, component or dimension as a part of a name: L1.2.1 -> L1_2_1."""
    return code.replace(".", "_")


def eligibility(type_: ApplicantType, code: str) -> str:
    """The answer to an eligibility rule: months, `yes`/`no`,
    or the option's code, depending on the rule's check.
    """
    return f"el_{type_}_{code}"


def document(type_: ApplicantType, code: str) -> str:
    """The answer about a document: `attached`, `later`,
    `waived` (if the pack allows) or `signed` (on the form).
    """
    return f"doc_{type_}_{code}"


def pages(type_: ApplicantType, code: str) -> str:
    """The repeat with one photo per page; Kobo garbles a field whose name begins with its repeat's."""
    return f"pages_{type_}_{code}"


def photo(type_: ApplicantType, code: str) -> str:
    """The photo of a page, or of the portrait (which is not in a repeat)."""
    return f"photo_{type_}_{code}"


def waived_by(type_: ApplicantType, code: str) -> str:
    """Who saw the original."""
    return f"waived_{type_}_{code}"


def lacking(field: str) -> str:
    """1 while what an application's question asks for is missing, else 0; computed on the phone."""
    return f"lack_{field}"


def sends(field: str) -> str:
    """How many photos a supplement sends for a document's question in the application."""
    return f"sends_{field}"


def supplement_for(type_: ApplicantType, code: str) -> str:
    """The group in a supplement that asks for one document."""
    return f"for_{type_}_{code}"


def supplement_how(type_: ApplicantType, code: str) -> str:
    """`whole` (all pages again) or `page` (one page is replaced)."""
    return f"how_{type_}_{code}"


def supplement_page(type_: ApplicantType, code: str) -> str:
    """The number, from 1, of the page to replace."""
    return f"page_{type_}_{code}"


def indicator(code: str) -> str:
    """The assessor's answer: a whole number; `1`/`0` for yes and no."""
    return f"i_{flat(code)}"


def evidence(code: str) -> str:
    """An optional photo of what an indicator's answer is based on."""
    return f"e_{flat(code)}"


def points(code: str) -> str:
    """The points of one indicator in hundredths, rounded; computed on the phone."""
    return f"s_{flat(code)}"


def dimension_points(code: str) -> str:
    """The points of one dimension in hundredths, rounded;
    blank while any of its indicators is not assessed.
    """
    return f"d_{flat(code)}"


def numerator(code: str) -> str:
    """The points of one dimension in parts of a mark (`denominator` parts per mark); blank likewise."""
    return f"x_{flat(code)}"


def cannot(code: str) -> str:
    """Which of a component's indicators could not be assessed: their codes, flat, separated by spaces."""
    return f"cannot_{flat(code)}"


def not_assessed(code: str) -> str:
    """Why an indicator could not be assessed: `no_evidence`, `not_applicable` or `other`; else blank."""
    return f"n_{flat(code)}"


def not_assessed_why(code: str) -> str:
    """The reason in words, where the reason is `other`."""
    return f"n_{flat(code)}_why"


def justification(code: str) -> str:
    """Why this answer was given, where the pack asks for a reason."""
    return f"j_{flat(code)}"


def gap(code: str) -> str:
    """Full marks minus the points of one indicator, in hundredths."""
    return f"g_{flat(code)}"


def dimension_photos(code: str) -> str:
    """Which of a dimension's indicators have an evidence photo: their codes, flat, separated by spaces."""
    return f"photos_{flat(code)}"


def meetings(code: str) -> str:
    """The repeat of meetings from which an attendance percentage is computed."""
    return f"m_{flat(code)}"


def meetings_held(code: str) -> str:
    """Whether there were any meetings: `1` or `0`; no meeting is an attendance of zero."""
    return f"held_{flat(code)}"


def met_on(code: str) -> str:
    """The date of one meeting."""
    return f"met_on_{flat(code)}"


def present(code: str) -> str:
    """The number of members present at one meeting."""
    return f"present_{flat(code)}"


def share(code: str) -> str:
    """The attendance of one meeting in percent, computed on the phone; where each has to reach it."""
    return f"share_{flat(code)}"


def members(code: str) -> str:
    """The number of members on the day of one meeting."""
    return f"members_{flat(code)}"
