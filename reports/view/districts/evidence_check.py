"""ใบตรวจหลักฐาน: each applicant's documents as they were found, with boxes to tick (rules.md 21)."""

from collections.abc import Iterator, Sequence

from mochocho.standards.schema import Document, Standard
from mochocho.words.model import Case
from processing.assessment.evaluate import PackOf
from processing.findings.entry import Audience
from processing.findings.saying import worded
from reports.view.blocks import Block, Kind, Paper
from reports.view.districts.district_setting import (
    NOBODY,
    NOTHING,
    District,
    in_order,
    name_and_place,
    to_sign,
)
from reports.view.letters.hand_score_sheet import BOX
from reports.view.printed_words import TYPE, document_state, judged_words
from xlsforms import names

TITLE = "ใบตรวจหลักฐานการสมัคร"
_HEAD = ("เอกสาร", "กำหนด", "ผลการตรวจในระบบ", "ครบ", "ไม่ครบ", "หมายเหตุ")
_WIDTHS = (26, 10, 18, 7, 8, 30)


def standard_of(case: Case, pack_of: PackOf) -> Standard:
    """The criteria that an application was made by."""
    return pack_of(names.APPLICATION, case.application.form_version).standard(case.application.type)


def evidence_check(d: District, cases: Sequence[Case], pack_of: PackOf) -> Paper:
    """The sheet of a district's applicants that are presented."""
    own = [case for case in in_order(cases) if case.assessment.not_presented is None]
    blocks = [block for n, case in enumerate(own, 1) for block in _of(d, n, case, pack_of)]
    return d.paper(TITLE, (d.as_of,), [*(blocks or [NOBODY]), to_sign("ผู้ตรวจหลักฐาน")])


def _of(d: District, number: int, case: Case, pack_of: PackOf) -> Iterator[Block]:
    name, where = name_and_place(d, case)
    at = "" if where == NOTHING else where
    yield Block(Kind.ITEM, f"{number}. {name} ({TYPE[case.application.type]}) {at}".strip())
    for finding in case.assessment.eligibility:
        yield Block(Kind.DASH, worded(finding, Audience.COMMITTEE))
    rows = tuple(_row(case, document) for document in standard_of(case, pack_of).documents)
    yield Block(Kind.TABLE, cells=(_HEAD, *rows), lines=2, widths=_WIDTHS)


def _row(case: Case, document: Document) -> tuple[str, ...]:
    verdict = next((v for v in case.assessment.verdicts if v.document == document.code), None)
    asked = "ต้องมี" if document.mandatory else "หากมี"
    if verdict is None:
        return document.th, asked, "ยังไม่ได้ตรวจ", BOX, BOX, ""
    notes = (*judged_words(verdict), *(worded(one, Audience.COMMITTEE) for one in verdict.findings))
    return document.th, asked, document_state(verdict), BOX, BOX, " ".join(dict.fromkeys(notes))
