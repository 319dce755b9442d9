"""The answers of the sample's officers and assessors, unit by unit, and the photos they take."""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from random import Random

from mochocho.app.demo import invented_people, onsite_answers
from mochocho.app.demo.drawings import Studio, damaged, darkened
from mochocho.app.demo.engine import Answers, Stamp
from mochocho.app.demo.invented_people import Invented, invent, rng_for
from mochocho.app.demo.sample_province import Course, Edit, Fault, Judged, Unit
from mochocho.standards.schema import Document, Eligibility, Standard
from mochocho.words import thai
from mochocho.words.model import ApplicantType, Round
from mochocho.words.places import subdistricts
from xlsforms import names

Picture = Callable[[], bytes]

JUDGED_DOCUMENT = "id_card_copy"  # by the office, in those units that say so
SELF_BEFORE_DUE = date(2025, 1, 31)
_FIRST_APPLICATION, _FIRST_VISIT = date(2024, 11, 18), date(2025, 3, 3)
# How many days before the last one it assessed itself before development.
DAYS_BEFORE_DUE = {Course.LATE: (-10,), Course.REPEATED: (20, 6)}
_NO_FILE = {Fault.LATER, Fault.NO_PAGE, Fault.LOST}
_ACTIVITIES = ("เวทีประชาคม", "ประชุมประจำเดือน", "กิจกรรมจิตอาสา", "อบรมอาชีพ", "ปลูกป่าชุมชน", "ศึกษาดูงาน")
_REMARKS = (
    "",
    "ควรจัดเก็บหลักฐานให้เป็นหมวดหมู่ และถ่ายทอดสู่คนรุ่นใหม่อย่างต่อเนื่อง",
    "มีผลงานเป็นที่ประจักษ์ ควรเผยแพร่เป็นแบบอย่างแก่ชุมชนใกล้เคียง",
    "ควรทบทวนแผนพัฒนาตนเองทุก ๖ เดือน",
    "",
)


@dataclass(frozen=True, slots=True)
class Filled:
    """One form as it was filled in: answers, what the phone adds, files (drawn when needed)."""

    answers: Answers
    stamp: Stamp
    files: Mapping[str, Picture]


@dataclass(slots=True)
class _Paper:
    """A form being filled in. File names are as Collect makes them: the time of the photo in milliseconds."""

    rng: Random
    taken: int
    values: dict[str, str] = field(default_factory=dict, repr=False)  # may include a national ID
    repeats: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    files: dict[str, Picture] = field(default_factory=dict)

    def take(self, picture: Picture, ending: str = "jpg", kept: bool = True, again: bool = False) -> str:
        """The name of a new file. `again`: taken just after the one it replaces;
        later files' names stay the same.
        """
        self.taken += self.rng.randrange(4_000, 60_000)
        name = f"{self.taken + again}.{ending}"
        if kept:
            self.files[name] = picture
        return name


def entity_id(unit: Unit) -> str:
    """The applicant's key: the UUID that the phone gave the entity."""
    return _uuid(unit, "entity")


def application(unit: Unit, standard: Standard, district_code: str, studio: Studio) -> Filled:
    """The application as first sent."""
    return _application(unit, standard, district_code, studio, edited=False)


def edited_application(unit: Unit, standard: Standard, district_code: str, studio: Studio) -> Filled:
    """The application as corrected and sent again; names the instance that it replaces."""
    return _application(unit, standard, district_code, studio, edited=True)


def _application(unit: Unit, standard: Standard, district_code: str, studio: Studio, edited: bool) -> Filled:
    facts, rng = invent(unit), rng_for(unit, "application")
    day = _FIRST_APPLICATION + timedelta(days=rng.randrange(45))
    paper = _Paper(rng, _millis(day))
    paper.values |= {
        "applicant_type": unit.type,
        "applicant_name": facts.name if edited or unit.edit is not Edit.NAME else facts.misspelt,
        "district": district_code,
        "subdistrict": rng_for(unit, "subdistrict").choice(subdistricts(district_code)).code,
        "moo": str(facts.moo),
        "village": facts.village,
        "consent_photo": "yes",
        "consent_publish": "yes",
        "applied_on": day.isoformat(),
        "phone": invented_people.PHONE,
        "address": facts.address,
    }
    if unit.type is ApplicantType.LEADER:
        paper.values["national_id"] = facts.national_id
    else:
        paper.repeats["lead_team"] = list(_lead_team(unit, facts))
    paper.values |= invented_people.background(unit)
    for rule in standard.eligibility:
        paper.values[names.eligibility(unit.type, rule.code)] = _declares(rule, facts, rng)
    retaken = _retaken(standard) if edited and unit.edit is Edit.PHOTO else ""
    for document in standard.documents:
        _document(paper, unit, facts, document, studio, again=document.code == retaken)
    sent = _uuid(unit, "application")
    return Filled(
        Answers(paper.values, paper.repeats),
        Stamp(
            instance_id=_uuid(unit, "edited application") if edited else sent,
            entity_id=entity_id(unit),
            start=_moment(day, rng),
            end=_moment(day, rng, hour=15),
            deprecated_id=sent if edited else "",
        ),
        paper.files,
    )


def _lead_team(unit: Unit, facts: Invented) -> Iterator[dict[str, str]]:
    """The lead team: the person who signs is its head; some have a helper from elsewhere."""
    yield {"team_name": facts.contact, "team_role": "ประธาน", "team_from": "inside"}
    for number, role in enumerate(("เลขานุการ", "เหรัญญิก")):
        name, _ = invented_people.person(unit, f"team {number}")
        outside = number and unit.number % 4 == 0
        yield {"team_name": name, "team_role": role, "team_from": "outside" if outside else "inside"}


def sheets(unit: Unit, standard: Standard, district_code: str, studio: Studio) -> Iterator[Filled]:
    """The on-site score sheets of one unit, one per assessor."""
    for assessor in range(unit.assessors):
        yield _sheet(unit, standard, district_code, studio, assessor)


def plan(unit: Unit, standard: Standard, district_code: str) -> Filled:
    """The self-development plan of a unit, with one sub-criterion and one mentor."""
    facts, rng = invent(unit), rng_for(unit, "plan")
    agreed = _FIRST_APPLICATION + timedelta(days=rng.randrange(45, 60))
    mentor, _ = invented_people.person(unit, "mentor")
    values = {
        "district": district_code,
        "picked": entity_id(unit),
        "agreed_on": agreed.isoformat(),
        "agreed_with": f"ทีมพี่เลี้ยงตำบล และชาวบ้าน {facts.village}",
        "period_months": "6",
    }
    item = {
        "item_indicator": standard.indicators[0].code,
        "item_text": "จัดเวทีเรียนรู้ในหมู่บ้าน",
        "item_target": "4",
        "item_unit": "ครั้ง",
        "item_gap": "ยังไม่มีเวทีประจำ",
        "item_method": "เรียนรู้จากชุมชนที่ผ่านการรับรอง แล้วจัดเวทีเอง",
        "item_when": "มกราคม ถึง มีนาคม",
        "item_who": facts.contact,
        "item_where": f"ศาลาประชาคม {facts.village}",
        "item_evidence": "ภาพถ่ายและบันทึกการประชุม",
        "item_due": (agreed + timedelta(days=90)).isoformat(),
    }
    mentors = [{"mentor_name": mentor, "mentor_agency": f"สพอ.{unit.district}", "mentor_from": "officer"}]
    stamp = Stamp(_uuid(unit, "plan"), "", _moment(agreed, rng), _moment(agreed, rng, hour=15))
    return Filled(Answers(values, {"items": [item], "mentors": mentors}), stamp, {})


def self_assessments(unit: Unit, standard: Standard, district_code: str, studio: Studio) -> Iterator[Filled]:
    """What a leader filled in about itself before development; nothing for most units."""
    for number, days in enumerate(DAYS_BEFORE_DUE.get(unit.course, ()) if unit.course else ()):
        role, day = f"self-assessment {number}", SELF_BEFORE_DUE - timedelta(days=days)
        rng = rng_for(unit, role)
        paper = _Paper(rng, _millis(day))
        paper.values |= {
            "district": district_code,
            "picked": entity_id(unit),
            "round": Round.SELF_BEFORE,
            "assessed_on": day.isoformat(),
            **onsite_answers.of_itself(standard, rng),
            "sign_applicant": paper.take(partial(studio.signature, f"{role} {unit.number}"), "png"),
        }
        stamp = Stamp(_uuid(unit, role), "", _moment(day, rng), _moment(day, rng, hour=15))
        yield Filled(Answers(paper.values, paper.repeats), stamp, paper.files)


def _sheet(unit: Unit, standard: Standard, district_code: str, studio: Studio, assessor: int) -> Filled:
    role = f"sheet {assessor}"
    facts, rng = invent(unit), rng_for(unit, role)
    day = _FIRST_VISIT + timedelta(days=rng_for(unit, "visit").randrange(40))
    paper = _Paper(rng, _millis(day))
    if unit.number % 5 == 0:  # the assessor scans the code on the applicant's paper
        paper.values["scan"] = entity_id(unit)
    else:
        paper.values |= {"district": district_code, "picked": entity_id(unit)}
    name, _ = invented_people.person(unit, role)
    paper.values |= {
        "assessor_typed": name,
        "visited_on": day.isoformat(),
        "conflict": "no",
        "remarks": rng.choice(_REMARKS),
    }
    gps = rng if rng.random() < 0.7 else rng_for(unit, f"gps {role}")
    paper.values["take_place"] = "here"
    paper.values["location"] = (
        f"{round(gps.uniform(19.3, 20.3), 6)} {round(gps.uniform(99.4, 100.4), 6)} 420.5 6.25"
    )
    paper.values |= onsite_answers.of(unit, standard, assessor)
    shown = rng.sample(standard.indicators, 2)
    for dimension in standard.dimensions:
        chosen = [names.flat(indicator.code) for indicator in dimension.indicators if indicator in shown]
        paper.values[names.dimension_photos(dimension.code)] = " ".join(chosen)
    for indicator in shown:
        caption = f"{rng.choice(_ACTIVITIES)} {facts.village}"
        seed = f"scene {unit.number} {role} {indicator.code}"
        paper.values[names.evidence(indicator.code)] = paper.take(partial(studio.scene, caption, seed))
    for field_name in ("sign_assessor", "sign_applicant"):
        seed = f"{field_name} {unit.number} {role}"
        paper.values[field_name] = paper.take(partial(studio.signature, seed), "png")
    stamp = Stamp(_uuid(unit, role), "", _moment(day, rng), _moment(day, rng, hour=15))
    return Filled(Answers(paper.values, paper.repeats), stamp, paper.files)


def _document(
    paper: _Paper, unit: Unit, facts: Invented, document: Document, studio: Studio, again: bool
) -> None:
    """The answer for one document. `again`: its photo was taken again, under a new name."""
    fault = unit.fault if unit.faulty == document.code else None
    judged = unit.judged if document.code == JUDGED_DOCUMENT else None
    status = _status(document, fault, paper.rng)
    if judged is Judged.WAIVED:
        status = "later"
    if not status:
        return
    code = document.code
    paper.values[names.document(unit.type, code)] = status
    if status == "signed":
        paper.values["signature"] = paper.take(partial(studio.signature, f"signature {unit.number}"), "png")
    elif status == "waived":
        paper.values[names.waived_by(unit.type, code)] = (
            f"{invented_people.person(unit, 'officer')[0]} พัฒนากร"
        )
    elif status == "attached" and document.capture == "portrait":
        picture = partial(studio.portrait, facts.woman, f"face {unit.number} {again}")
        paper.values[names.photo(unit.type, code)] = _photo(paper, unit, picture, fault, again)
    elif status == "attached" and fault is not Fault.NO_PAGE:
        minutes = document.capture == "pages" and not document.waivable
        pages = 2 if minutes and paper.rng.random() < 0.25 else 1
        paper.repeats[names.pages(unit.type, code)] = [
            {names.photo(unit.type, code): _photo(paper, unit, picture, fault, again)}
            for picture in (_scan(unit, facts, document, studio, page, again) for page in range(1, pages + 1))
        ]


def _status(document: Document, fault: Fault | None, rng: Random) -> str:
    chance = rng.random()  # always drawn, so that one document's fault does not change the next one
    if fault is Fault.LATER:
        return "later"
    if fault is not None:
        return "attached"
    if not document.mandatory:
        return "attached" if chance < 0.3 else ""
    if document.capture == "signed_form":
        return "signed" if chance < 0.75 else "attached"
    return "waived" if document.waivable and chance < 0.12 else "attached"


def _photo(paper: _Paper, unit: Unit, picture: Picture, fault: Fault | None, again: bool) -> str:
    if fault is not None and fault not in _NO_FILE:
        picture = partial(damaged, fault, picture, f"damage {unit.number}")
    return paper.take(picture, kept=fault is not Fault.LOST, again=again)


def _scan(unit: Unit, facts: Invented, document: Document, studio: Studio, page: int, again: bool) -> Picture:
    date_th = thai.date_words(_FIRST_APPLICATION + timedelta(days=unit.number % 40))
    lines = (
        f"ของ {facts.name}",
        f"หมู่ที่ {thai.digits(facts.moo)} {facts.village} อำเภอ{unit.district}",
        f"วันที่ {date_th}   หน้า {thai.digits(page)}" + ("   (ถ่ายใหม่)" if again else ""),
        f"ผู้รับรองสำเนา {facts.contact}",
    )
    scan = partial(studio.scan, document.th, lines, f"scan {unit.number} {document.code} {page} {again}")
    dark = unit.judged is Judged.ACCEPTED and document.code == JUDGED_DOCUMENT
    return partial(darkened, scan) if dark else scan


def _declares(rule: Eligibility, facts: Invented, rng: Random) -> str:
    match rule.check.type:
        case "duration_months":
            return str(facts.months)
        case "choice":
            return rng.choice(rule.check.choices).code
        case "declaration" | "resolution":
            return "yes"


def _retaken(standard: Standard) -> str:
    """The document that an officer photographs again: the first that is not a signed form."""
    return next(document.code for document in standard.documents if document.capture != "signed_form")


def _uuid(unit: Unit, what: str) -> str:
    return str(uuid.UUID(int=rng_for(unit, f"uuid {what}").getrandbits(128), version=4))


def _moment(day: date, rng: Random, hour: int = 9) -> str:
    """A time in Bangkok as JavaRosa writes it."""
    return f"{day}T{hour:02d}:{rng.randrange(60):02d}:{rng.randrange(60):02d}.{rng.randrange(1000):03d}+07:00"


def _millis(day: date) -> int:
    return (day - date(1970, 1, 1)).days * 86_400_000 + 3 * 3_600_000
