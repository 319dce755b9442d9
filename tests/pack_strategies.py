"""Valid packs: chosen by hypothesis, or large."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from hypothesis import strategies as st

from mochocho.standards.load import load_pack
from mochocho.standards.rules import faults
from mochocho.standards.schema import Pack
from mochocho.words.model import ApplicantType, Gate
from mochocho.words.thai import normalise

Data = dict[str, Any]

# Thai, Latin, what spreadsheets take for formulas, numbers, dates or markup, and what is no letter at all.
_ANY = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"))
_LETTERS = st.sampled_from("กขคงชดตนรลวสอ่้๊็ัิีุูเแโใไาำะๆฯ๐๑๙abzAZ019 -=+@'\"<>&;:,#%/\\|[]{}!*?~🌾👍🏽")
texts = st.text(_LETTERS | _ANY, min_size=1, max_size=30).map(normalise).filter(
    lambda text: text and "${" not in text
) | st.sampled_from(
    [
        "=1+1",
        "5",
        "5.0",
        "01",
        "true",
        "no",
        "null",
        "~",
        "1:30",
        "1/2568",
        "-",
        "#REF!",
        "ก" * 500,
        "x" * 200,
    ]
)
_codes = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)


def _sourced(draw: Any) -> Data:
    return {
        "source": draw(texts),
        "confidence": draw(st.sampled_from(["official", "reconstructed"])),
        "note": draw(st.just("") | texts),
    }


def _named(draw: Any) -> Data:
    return {"th": draw(texts), "en": draw(texts), **_sourced(draw)}


def _distinct(draw: Any, least: int, most: int) -> list[str]:
    found: list[str] = draw(st.lists(_codes, min_size=least, max_size=most, unique=True))
    return found


def _numbers(draw: Any, most: int) -> Sequence[int]:
    found: list[int] = draw(st.lists(st.integers(0, 99), min_size=1, max_size=most, unique=True))
    return found


def _measure(draw: Any) -> Data:
    kind = draw(st.sampled_from(["count", "percent", "yes_no", "rubric"]))
    if kind == "count":
        threshold = draw(st.integers(1, 10_000))
        return {"kind": kind, "threshold": threshold, "unit_th": draw(texts), "unit_en": draw(texts)}
    return {"kind": kind, "threshold": draw(st.integers(1, 100))} if kind == "percent" else {"kind": kind}


# The forms that answers of each kind may be compared with, where that needs nothing beside the indicator.
_COMPARED = {"yes_no": ["", "plan", "knowledge"], "count": ["", "self_assessments"]}


def _indicator(draw: Any, code: str) -> Data:
    measure = _measure(draw)
    from_meetings = measure["kind"] == "percent" and draw(st.booleans())
    return {
        "code": code,
        **_named(draw),
        "measure": measure,
        "full_marks": draw(st.integers(1, 100)),
        "required_to_pass": draw(st.booleans()),
        "evidence_th": draw(st.lists(texts, max_size=3)),
        "justify": draw(st.sampled_from(["none", "always", "extremes"])),
        "from_meetings": from_meetings,
        "attendance": "each" if from_meetings and code[-1] in "13579" else "together",
        "compared_with": draw(st.sampled_from(_COMPARED.get(measure["kind"], [""]))),
    }


def _reconciling(draw: Any) -> Data:
    if not draw(st.booleans()):
        return {}
    rule, above = draw(st.sampled_from(["mean", "median", "chair"])), draw(st.none() | st.integers(0, 99))
    return {"reconciling": {"rule": rule, "above": above, **_sourced(draw)}}


def _dimension(draw: Any, code: str) -> Data:
    components = []
    for c in (f"{code}.{n}" for n in _numbers(draw, 2)):
        indicators = [_indicator(draw, f"{c}.{n}") for n in _numbers(draw, 3)]
        components.append({"code": c, **_named(draw), "indicators": indicators})
    return {"code": code, **_named(draw), "components": components}


def _documents(draw: Any) -> list[Data]:
    codes = _distinct(draw, 1, 4)
    captures = draw(st.permutations(["signed_form", "portrait", "pages", "pages"]))
    captures = ["signed_form", *(c for c in captures if c != "signed_form")]
    documents = [
        {
            "code": code,
            **_named(draw),
            "mandatory": n == 0 or draw(st.booleans()),
            "capture": captures[n],
            "waivable": draw(st.booleans()),
            "redact": draw(st.lists(texts, max_size=2)),
        }
        for n, code in enumerate(codes)
    ]
    shuffled: list[Data] = draw(st.permutations(documents))
    return shuffled


def _check(draw: Any, documents: Sequence[Data]) -> Data:
    kind = draw(st.sampled_from(["duration_months", "declaration", "choice", "resolution"]))
    if kind == "duration_months":
        return {"type": kind, "at_least": draw(st.integers(1, 600))}
    if kind == "resolution":
        return {"type": kind, "proof_document": draw(st.sampled_from([d["code"] for d in documents]))}
    if kind == "choice":
        codes = _distinct(draw, 1, 3)
        return {"type": kind, "choices": [{"code": c, "th": draw(texts), "en": draw(texts)} for c in codes]}
    return {"type": kind}


def _standard(draw: Any, type_: ApplicantType, letter: str) -> Data:
    documents = _documents(draw)
    return {
        "code": type_,
        **_named(draw),
        "standard_th": draw(texts),
        "unit_th": draw(texts),
        "eligibility": [
            {"code": code, **_named(draw), "check": _check(draw, documents)} for code in _distinct(draw, 0, 3)
        ],
        "documents": documents,
        "dimensions": [_dimension(draw, f"{letter}{n}") for n in _numbers(draw, 2)],
    }


@st.composite
def packs(draw: Any) -> Pack:
    """Any pack: every kind of check and measure, texts of every script, official or not."""
    year = draw(st.integers(2540, 2700))
    official = draw(st.booleans())
    given = official or draw(st.booleans())
    day = draw(st.dates(date(1997, 1, 1), date(year - 543, 12, 31)))
    letters = draw(st.permutations("ABCDEFGHLNZ"))
    pack = Pack.model_validate(
        {
            "id": draw(st.from_regex(r"[a-z0-9][a-z0-9-]{0,39}", fullmatch=True)),
            "fiscal_year_be": year,
            "official": official,
            "circular": {"number": draw(texts)[:100].strip(), "date": day} if given else None,
            "programme_th": draw(texts),
            "programme_en": draw(texts),
            **_reconciling(draw),
            "pass_rule": {"percent": draw(st.integers(0, 100)), **_sourced(draw)},
            "rubric_levels": [{"level": n, **_named(draw)} for n in range(1, 6)],
            "gates": [{"code": gate, "th": draw(texts), **_sourced(draw)} for gate in Gate],
            "standards": [
                _standard(draw, type_, letter) for type_, letter in zip(ApplicantType, letters, strict=False)
            ],
        }
    )
    assert [fault.said.th for fault in faults(pack)] == []
    return pack


def large_pack(count: int) -> Pack:
    """The sample, its first type with this many indicators, each text of 200 characters with an emoji."""
    sample = load_pack("2568-sample").pack
    leader = sample.standards[0]
    dimension = leader.dimensions[0]
    component = dimension.components[0]
    model = component.indicators[1]
    components = []
    for c in range(1, count // 50 + 1):
        indicators = tuple(
            model.model_copy(update={"code": f"L1.{c}.{n}", "th": f"🌾 {c}/{n} {'ก' * 200}"[:200]})
            for n in range(1, 51)
        )
        components.append(component.model_copy(update={"code": f"L1.{c}", "indicators": indicators}))
    whole = leader.model_copy(
        update={"dimensions": (dimension.model_copy(update={"components": tuple(components)}),)}
    )
    return sample.model_copy(update={"standards": (whole, *sample.standards[1:])})
