"""ใบสมัคร of one applicant, filled in from what its form said (rules.md 11-20)."""

from collections.abc import Iterator, Sequence
from itertools import count

from mochocho.standards.schema import Standard
from mochocho.words.model import Adviser, ApplicantType, Case, Origin, TeamMember
from reports.view.applicant.dossier_facts import answered, background, main_works
from reports.view.blocks import Block, Kind, Paper
from reports.view.districts.district_setting import NOTHING, District, name_and_place, to_sign
from reports.view.printed_words import TYPE, document_state

TITLE = "ใบสมัคร"
_ORIGIN = {Origin.INSIDE: "ภายในชุมชน", Origin.OUTSIDE: "ภายนอกชุมชน", Origin.UNKNOWN: NOTHING}
_CONSENT = {True: "ยินยอม", False: "ไม่ยินยอม", None: "ไม่ได้ถาม"}


def applied_form(d: District, case: Case, standard: Standard) -> Paper:
    """The application as it counts; a national ID is masked."""
    title = f"ประเภท{TYPE[case.application.type]}"
    signed = to_sign("ผู้สมัคร", "ผู้รับสมัคร")
    return d.paper(TITLE, (title,), [*_blocks(d, case, standard), signed])


def _blocks(d: District, case: Case, standard: Standard) -> Iterator[Block]:
    a, words = case.application, d.c.occasion.words
    name, where = name_and_place(d, case)
    registered = str(case.register_no) if case.register_no else NOTHING
    known = [
        ("ทะเบียนเลขที่", registered, "วันที่สมัคร", d.c.date(a.applied_on) if a.applied_on else NOTHING),
        ("ชื่อ", name),
        ("ที่อยู่", " ".join(filter(None, ("" if where == NOTHING else where, d.name, d.c.province)))),
    ]
    if case.masked_id:
        known.append(("เลขประจำตัวประชาชน", words.masked(case.masked_id)))
    known += [*background(a), *main_works(a)]
    yield Block(Kind.FIELDS, cells=tuple(known))
    yield Block(Kind.ITEM, "1. คุณสมบัติ")
    said = a.eligibility
    rules = tuple((one.th, answered(one, said.get(one.code, "")) or NOTHING) for one in standard.eligibility)
    yield Block(Kind.TABLE, cells=(("คุณสมบัติ", "คำตอบ"), *rules), widths=(70, 30))
    yield Block(Kind.ITEM, "2. เอกสารประกอบการสมัคร")
    states = {verdict.document: document_state(verdict) for verdict in case.assessment.verdicts}
    rows = tuple(
        (one.th, "ต้องมี" if one.mandatory else "หากมี", states.get(one.code, NOTHING))
        for one in standard.documents
    )
    yield Block(Kind.TABLE, cells=(("เอกสาร", "กำหนด", "ผลการตรวจ"), *rows), widths=(60, 14, 26))
    number = count(3)
    if a.type is not ApplicantType.LEADER:  # a leader is asked for no team (rules.md C)
        yield from _people(next(number), "ทีมนำการพัฒนา", "หน้าที่", [_of(one, one.role) for one in a.lead_team])
    advisers = [_of(one, one.about) for one in a.advisers]
    yield from _people(next(number), "คณะที่ปรึกษา", "เรื่องที่ให้คำปรึกษา", advisers)
    yield Block(Kind.ITEM, f"{next(number)}. ความยินยอม")
    yield Block(Kind.DASH, f"ให้ใช้ภาพถ่าย: {_CONSENT[a.photo_consent]}")
    yield Block(Kind.DASH, f"ให้เผยแพร่ชื่อ: {_CONSENT[a.publication_consent]}")


def _people(number: int, title: str, about: str, rows: Sequence[tuple[str, str, str]]) -> Iterator[Block]:
    yield Block(Kind.ITEM, f"{number}. {title}")
    if not rows:
        yield Block(Kind.CENTRE, "- ไม่มี -")
        return
    numbered = tuple((str(n), *row) for n, row in enumerate(rows, 1))
    yield Block(Kind.TABLE, cells=(("ลำดับ", "ชื่อ", about, "มาจาก"), *numbered), widths=(8, 36, 34, 22))


def _of(one: TeamMember | Adviser, what: str) -> tuple[str, str, str]:
    return one.name, what or NOTHING, _ORIGIN[one.origin]
