"""Strategies for hypothesis of how people fill in a form: carefully or not, and changing their minds."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from mochocho.words import thai
from mochocho.words.model import ApplicantType
from tests.builders import uid
from tests.engines.engines import Answer, Round
from tests.engines.questions import Description, Question, describe
from tests.engines.world import APPLICANTS, Row
from xlsforms import names

MOST_REPEATS = 3
TYPES = tuple(str(type_) for type_ in ApplicantType)
NOT_LISTED = uid("nobody's list")

Strategy = st.SearchStrategy[Answer]

_WORDS = st.sampled_from(
    [
        "บ้านดอนแก้ว",
        "นายตัวอย่าง ใจดี",
        "ประชุมกลุ่มทุกเดือน ครั้งที่ ๑",
        "น้ำใจ & ความร่วมมือ",
        "กิจกรรม “ร่วมใจ” <2>",
        "ตัวอย่าง",
        "𠮷 😀 ก",
    ]
)
_THAI = st.text(st.characters(min_codepoint=0x0E01, max_codepoint=0x0E2E), min_size=2, max_size=30)
_TYPED_WRONGLY = st.sampled_from(
    [
        " ",
        "   ",
        "ก",
        "ก" * 201,
        "ก" * 2001,
        " ชื่อ  มีช่องว่าง ",
        "กํา",
        "007",
        "1e5",
        "NaN",
        "-",
        "'\"",
        "0",
        "a\nb",
        "0--------",
        "00",
        "000-000-000-0000",
    ]
)
_NUMBERS = st.one_of(st.integers(0, 12), st.integers(0, 100))
_NUMBERS_WRONG = st.sampled_from(
    [-1, 0, 1, 99, 100, 101, 1200, 1201, 100_000, 1_000_000, 1_000_001, 999_999_999]
)
_DATES_WRONG = st.sampled_from(["2099-01-01", "2568-01-31", "1990-01-01", "2020-02-29", "2026-11-21"])
_SCANNED_WRONGLY = st.sampled_from([NOT_LISTED, "0" * 36, "-", "https://example.org/x"])


def _days(first: date, last: date) -> Strategy:
    return st.dates(first, last).map(date.isoformat)


def _national_id(digits: int) -> str:
    first = f"10000{digits:07d}"
    return first + thai.national_id_check_digit(first)


# Questions whose right answers their type does not tell, by name.
_RIGHT: Mapping[str, Strategy] = {
    "national_id": st.integers(0, 9_999_999).map(_national_id),
    "no_national_id": st.none(),
    "moo": st.integers(1, 99).map(str),
    "age": st.integers(15, 110),
    "founded_be": st.integers(2300, 2568),
    "phone|author_phone": st.sampled_from(["000-000-0000", "00 000 0000", "๐๐๐๐๐๐๐๐๐๐"]),
    "item_due": _days(date(2025, 2, 1), date(2025, 12, 31)),
    "item_target": st.integers(1, 1000),
    "period_months": st.integers(1, 12),
    "assessor": st.sampled_from(["a1", "a1", "a1", "d4"]),
    "conflict": st.sampled_from(["no", "no", "no", "no", "yes"]),
    "assessor_not_listed|not_listed": st.sampled_from([None, None, None, "yes"]),
    "take_place": st.just("here"),
    r"held_\w+": st.sampled_from(["1", "1", "0"]),
    r"present_\w+": st.integers(0, 30),
    r"members_\w+": st.integers(30, 60),
    r"page_\w+": st.integers(1, 99),
}
_KINDS: Mapping[str, Strategy] = {
    "int": _NUMBERS,
    "date": _days(date(2025, 1, 1), date(2025, 1, 31)),
    "binary": st.sampled_from(["photo.jpg", "photo.jpg", "photo.jpg", None]),
    "string": st.one_of(_WORDS, _WORDS, _THAI),
}
_WRONG: Mapping[str, Strategy] = {
    "int": _NUMBERS_WRONG,
    "date": _DATES_WRONG,
    "binary": st.none(),
    "string": _TYPED_WRONGLY,
    "barcode": _SCANNED_WRONGLY,
}


def _right(question: Question, who: Row) -> Strategy:
    for pattern, strategy in _RIGHT.items():
        if re.fullmatch(pattern, question.name):
            return strategy
    if question.name == "typed_type":
        return st.just(who["applicant_type"])
    if question.name.startswith("cannot_"):  # hardly ever
        indicators = st.sampled_from([row["name"] for row in question.items])
        return st.one_of([st.just("")] * 5 + [st.lists(indicators, max_size=2, unique=True).map(" ".join)])
    if question.kind == "one":
        return st.sampled_from([row["name"] for row in question.items if _fits(row, who)])
    if question.kind == "many":
        offered = [row["name"] for row in question.items if _fits(row, who)]
        return st.lists(st.sampled_from(offered), max_size=2, unique=True).map(" ".join)
    return _KINDS[question.kind]


def _fits(row: Mapping[str, str], who: Row) -> bool:
    """Whether a choice is offered for this applicant, as filters by type and district have it."""
    of_type = {row[column] for column in ("type", "of_type") if column in row}
    return of_type <= {who["applicant_type"]} and row.get("district", who["district"]) == who["district"]


def _answer(question: Question, who: Row, careful: bool) -> Strategy:
    right = _right(question, who)
    if not careful:
        anything = [row["name"] for row in question.items] or [""]
        wrong = _WRONG.get(question.kind, st.sampled_from(anything))
        right = st.one_of(right, right, wrong, st.none(), st.just(""))
    return st.lists(right, min_size=MOST_REPEATS, max_size=MOST_REPEATS) if question.repeat else right


def _choosing(who: Row, careful: bool) -> st.SearchStrategy[dict[str, Answer]]:
    """How the applicant is chosen: from the list, by its code; without care, by any code and both ways."""
    listed = {"district": who["district"], "picked": who["name"]}
    scanned = st.sampled_from([who["name"], who["name"].upper()])
    ways = [st.just(listed), st.just(listed), st.fixed_dictionaries({"scan": scanned})]
    if not careful:
        both = {name: st.just(value) for name, value in listed.items()}
        ways.append(st.fixed_dictionaries({"scan": _SCANNED_WRONGLY, **both}))
    return st.one_of(ways)


_CHOSEN_ELSEWHERE = ("applicant_type", "scan", "district", "picked")


@st.composite
def _round(draw: st.DrawFn, form: Description, who: Row, careful: bool) -> Round:
    other = tuple(type_ for type_ in TYPES if type_ != who["applicant_type"])
    asked = [q for q in form.questions if q.name not in _CHOSEN_ELSEWHERE and not _of(q.path, other)]
    answers = draw(st.fixed_dictionaries({q.name: _answer(q, who, careful) for q in asked}))
    applies = any(q.name == "applicant_type" for q in form.questions)
    typed = {"applicant_type": who["applicant_type"], "district": who["district"]}
    answers |= typed if applies else draw(_choosing(who, careful))
    repeats = [name for name in form.repeats if not _of(name, other)]
    fewest = 1 if careful else 0
    wanted = draw(st.fixed_dictionaries({name: st.integers(fewest, MOST_REPEATS) for name in repeats}))
    return Round(answers, wanted)


def _of(path: str, types: tuple[str, ...]) -> bool:
    """Whether a question is asked of these types only; what is not asked need not be drawn."""
    return any(re.search(rf"_{type_}(_|/|$)", path) for type_ in types)


@st.composite
def fills(draw: st.DrawFn, form: Path) -> list[Round]:
    """A whole fill; sometimes the person goes back and changes some answers, or the applicant."""
    described = describe(form)
    asked = (
        APPLICANTS
        if form.stem != names.SUPPLEMENT
        else tuple(who for who in APPLICANTS if who["missing_docs"])
    )
    who = draw(st.sampled_from([*asked, *asked, *APPLICANTS]))
    careful = draw(st.sampled_from([True, True, False]))
    rounds = [draw(_round(described, who, careful))]
    if draw(st.sampled_from([False, False, True])):
        who = draw(st.one_of(st.just(who), st.sampled_from(APPLICANTS)))
        again = draw(_round(described, who, draw(st.sampled_from([True, careful]))))
        changed = again.answers
        if again.answers.keys() == rounds[0].answers.keys():
            kept = draw(st.sets(st.sampled_from(sorted(changed)), min_size=1, max_size=8))
            changed = {name: changed[name] for name in sorted(kept)}
        rounds.append(Round({**rounds[0].answers, **changed}, {**rounds[0].repeats, **again.repeats}))
    return rounds
