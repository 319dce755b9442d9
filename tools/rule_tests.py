"""Writes docs/rule-tests.md: of each rule of eligibility, documents, steps and stages, which test holds it.

uv run python -m tools.rule_tests            write it
uv run python -m tools.rule_tests --check    fail where it is not what stands here, or names what is gone
uv run python -m tools.rule_tests --flip     turn each comparison round in a copy; its test must fail then
"""

import argparse
import ast
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.mutants import LEAST_SECONDS, Copy, Mutant

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "rule-tests.md"
INTRODUCTION = """\
# Which test holds which rule

Written by `tools/rule_tests.py`; do not edit. The numbers are those of [rules.md](rules.md), sections B to E,
and the attendance of section F.
`uv run python -m tools.rule_tests --flip` turns each comparison round, one at a time, and sees its test fail.

| rule | what is compared | finding | test |
|---|---|---|---|"""

PROCESSING, UNIT = "processing", "tests/unit/processing"
PACK = "mochocho/standards/packs/2568-sample.yaml"
ELIGIBILITY = f"{PROCESSING}/assessment/eligibility.py"
OWN_WORK = f"{PROCESSING}/assessment/own_work.py"
RECONCILE = f"{PROCESSING}/scoring/reconcile.py"
A_LEADER = f"{UNIT}/test_eligibility.py::test_a_leader"
THE_SOURCES = "tests/unit/mochocho/test_standards.py::TestSample::test_eligibility_is_that_of_the_source"
OWN_WORK_RULES = f"{UNIT}/test_own_work_rules.py"
RECONCILED = f"{UNIT}/test_reconcile.py"
ROUNDS = f"{PROCESSING}/rounds/round_checks.py"
ROUND_RULES = f"{UNIT}/test_round_checks.py"
COMMITTEES = "mochocho/app/doctor/settings_checks.py"
A_COMMITTEE = "tests/unit/mochocho/app/test_doctor.py::test_a_committee_of_rule_24_or_none_at_all"
ANOTHER_COMMITTEE = "tests/unit/mochocho/app/test_doctor.py::test_a_committee_unlike_that_of_rule_24"


@dataclass(frozen=True, slots=True)
class Held:
    """A rule in one place: `code` of `file` turned into `flipped` makes `test` fail. `finding`: a code."""

    rule: int
    file: str
    code: str
    flipped: str
    finding: str
    test: str


HELD = (
    Held(11, PACK, "at_least: 12", "at_least: 11", "eligibility.not_met", A_LEADER),
    Held(
        11, ELIGIBILITY, "int(answer) >= at_least", "int(answer) > at_least", "eligibility.not_met", A_LEADER
    ),
    Held(12, PACK, "code: continuous_work", "code: work", "eligibility.not_met", THE_SOURCES),
    Held(12, ELIGIBILITY, 'answer == "yes"', 'answer != "yes"', "eligibility.not_met", A_LEADER),
    Held(13, PACK, "code: respected", "code: known", "eligibility.not_met", THE_SOURCES),
    Held(13, ELIGIBILITY, 'answer == "no"', 'answer != "no"', "eligibility.not_met", A_LEADER),
    Held(14, ELIGIBILITY, "answer in {", "answer not in {", "eligibility.unknown_answer", A_LEADER),
    Held(
        15,
        PACK,
        "{ type: resolution, proof_document: member_meeting_minutes }",
        "{ type: declaration }",
        "eligibility.not_met",
        THE_SOURCES,
    ),
    Held(
        16,
        PACK,
        "{ type: resolution, proof_document: network_meeting_minutes }",
        "{ type: declaration }",
        "eligibility.not_met",
        THE_SOURCES,
    ),
    Held(17, PACK, "code: definite_area", "code: area", "eligibility.not_met", THE_SOURCES),
    Held(
        18,
        PACK,
        "{ type: resolution, proof_document: prachakhom_record }",
        "{ type: declaration }",
        "eligibility.not_met",
        THE_SOURCES,
    ),
    Held(
        20,
        "reports/view/dossier.py",
        "origin in ORIGIN",
        "origin not in ORIGIN",
        "",
        "tests/unit/reports/test_dossier_in_full.py::test_a_dossier_says_what_was_approved",
    ),
    Held(
        21,
        "mochocho/words/model.py",
        "self.district in officer_districts",
        "self.district not in officer_districts",
        "officer.other_district",
        f"{UNIT}/test_evaluate.py::test_the_officers_of_another_district_are_told_of_and_hold_it_up",
    ),
    Held(
        21,
        f"{PROCESSING}/decisions/on_documents.py",
        "not thai.says_something(seen_by)",
        "thai.says_something(seen_by)",
        "document.waiver_unnamed",
        f"{UNIT}/test_documents.py::test_verdicts",
    ),
    Held(
        21,
        f"{PROCESSING}/documents/arrived.py",
        "page.sha256 is None",
        "page.sha256 is not None",
        "document.not_arrived",
        f"{UNIT}/test_documents.py::test_verdicts",
    ),
    Held(
        22,
        OWN_WORK,
        "after.assessed_on < before.assessed_on",
        "after.assessed_on <= before.assessed_on",
        "self_assessment.order",
        f"{OWN_WORK_RULES}::TestWhatAPersonLooksAt::test_one_of_the_same_day_or_later_is_in_order",
    ),
    Held(
        22,
        f"{PROCESSING}/assessment/gates.py",
        "problems is None",
        "problems is not None",
        "",
        f"{UNIT}/test_gates.py::test_an_own_form_that_came_opens_its_gate_unless_something_blocks",
    ),
    Held(
        22,
        ROUNDS,
        "other.day > form.day",
        "other.day >= form.day",
        "round.order",
        f"{ROUND_RULES}::test_what_came_in_another_order_names_what_comes_first",
    ),
    Held(
        22,
        ROUNDS,
        "later < _months_after",
        "later <= _months_after",
        "round.overlap",
        f"{ROUND_RULES}::test_periodic_ones_closer_than_their_months_cover_the_same_days",
    ),
    Held(
        22,
        ROUNDS,
        "if day == later",
        "if day != later",
        "round.overlap",
        f"{ROUND_RULES}::test_two_rounds_of_one_day_are_one_period",
    ),
    Held(24, COMMITTEES, "FEWEST <= len(committee)", "FEWEST < len(committee)", "", A_COMMITTEE),
    Held(24, COMMITTEES, "len(committee) <= MOST", "len(committee) < MOST", "", A_COMMITTEE),
    Held(24, COMMITTEES, 'roles["chair"] != 1', 'roles["chair"] > 1', "", ANOTHER_COMMITTEE),
    Held(24, COMMITTEES, 'roles["secretary"] != 1', 'roles["secretary"] > 1', "", ANOTHER_COMMITTEE),
    Held(
        25,
        RECONCILE,
        "elif sheet.interest is not None",
        "elif sheet.interest is None",
        "sheet.interest_declared",
        f"{RECONCILED}::test_whoever_declares_an_interest_is_named_and_scores_nothing",
    ),
    Held(
        25,
        RECONCILE,
        "max(other, sheet, key=_recency)",
        "min(other, sheet, key=_recency)",
        "sheet.duplicate_assessor",
        f"{RECONCILED}::test_the_last_visit_of_one_assessor_counts_and_the_other_sheet_is_named",
    ),
    Held(
        26,
        f"{PROCESSING}/scoring/close_people.py",
        "if key == mine else",
        "if key != mine else",
        "sheet.own_assessor",
        f"{UNIT}/test_close_people.py::test_an_assessor_who_is_named_in_the_applicants_forms_is_asked_about",
    ),
    Held(
        29,
        OWN_WORK,
        "if not value)",
        "if value)",
        "plan.item_incomplete",
        f"{OWN_WORK_RULES}::TestWhatIsMissing::test_each_part_of_rule_29_by_itself",
    ),
    Held(
        29,
        f"{PROCESSING}/scoring/score.py",
        "points >= passing_points(indicator)",
        "points > passing_points(indicator)",
        "score.required_not_met",
        f"{UNIT}/test_score.py::test_the_threshold_a_yes_and_the_highest_level_earn_full_marks",
    ),
    Held(
        29,
        f"{PROCESSING}/scoring/pass_rule.py",
        "scores.percent >= needed * 100",
        "scores.percent > needed * 100",
        "score.below_pass",
        f"{RECONCILED}::test_thirds_that_come_to_the_pass_mark_pass",
    ),
    Held(
        30,
        ROUNDS,
        "form.day > term.due",
        "form.day >= term.due",
        "round.late",
        f"{ROUND_RULES}::test_each_stage_has_its_first_and_its_last_day",
    ),
    Held(
        30,
        ROUNDS,
        "form.day < term.first",
        "form.day <= term.first",
        "round.early",
        f"{ROUND_RULES}::test_each_stage_has_its_first_and_its_last_day",
    ),
    Held(
        30,
        f"{PROCESSING}/rounds/district_terms.py",
        "max(0, (last - term.due).days)",
        "max(1, (last - term.due).days)",
        "",
        f"{UNIT}/test_district_terms.py::"
        "test_who_has_done_all_is_as_late_as_the_last_and_who_has_not_as_the_day_asked",
    ),
    Held(
        37,
        f"{PROCESSING}/scoring/attendance.py",
        "own < threshold",
        "own <= threshold",
        "self_assessment.meetings_below",
        f"{UNIT}/test_attendance.py::test_meetings_below_by_themselves_are_named",
    ),
)

# What no comparison of the software can hold, and why.
NOT_COMPARED = {
    19: "Its number is “as suitable”: nothing to compare. That its list came, a document's verdict says.",
    23: "The district office picks its targets by itself; nothing of it reaches a form.",
    27: "Targets “may be” set by district or by officer: advice, no condition.",
    28: "Publicity and explaining are done by people. The register is every application that was received.",
    31: "A letter of 2561, as an example of the form of letters.",
    32: "The two forms are not in the source.",
    33: "Errors of the source's text, not a rule.",
}


def turned(one: Held) -> Mutant:
    text = (ROOT / one.file).read_text("utf-8").replace(one.code, one.flipped)
    return Mutant(one.file, 0, f"rule {one.rule}", f"{one.code} -> {one.flipped}", text)


def render() -> str:
    """The whole page."""
    rows = {(one.rule, n): _row(one) for n, one in enumerate(HELD)}
    rows |= {(rule, 0): f"| {rule} | – | – | not compared: {why} |" for rule, why in NOT_COMPARED.items()}
    return "\n".join([INTRODUCTION, *(rows[place] for place in sorted(rows)), ""])


def _row(one: Held) -> str:
    finding = f"`{one.finding}`" if one.finding else "–"
    return f"| {one.rule} | `{one.code}` in `{one.file}` | {finding} | `{one.test}` |"


def gone() -> Iterator[str]:
    """What the table names and the tree does not have."""
    for one in HELD:
        found = (ROOT / one.file).read_text("utf-8").count(one.code)
        if found != 1:
            yield f"rule {one.rule}: `{one.code}` stands {found} times in {one.file}, not once"
        path, *names = one.test.split("::")
        if names[-1] not in _defined(ROOT / path):
            yield f"rule {one.rule}: there is no test {one.test}"
    lacking = set(range(11, 34)) - {one.rule for one in HELD} - set(NOT_COMPARED)
    yield from (f"nothing is said of rule {rule}" for rule in sorted(lacking))


def _defined(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def not_seen() -> Iterator[str]:
    """The comparisons that can be turned round without their test failing."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Copy(Path(folder))
        for test in sorted({one.test for one in HELD}):
            if not copy.passes([test]):
                yield f"{test} fails before anything was turned round"
        for mutant, test in ((turned(one), one.test) for one in HELD):
            unseen = copy.survives(mutant, [test], LEAST_SECONDS)
            print("UNSEEN" if unseen else "seen  ", mutant, flush=True)
            if unseen:
                yield f"{test} does not see: {mutant}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page, or check it, or try it; returns the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="fail where the page is not what stands here")
    parser.add_argument("--flip", action="store_true", help="turn each comparison round: its test must fail")
    options = parser.parse_args(arguments)
    wrong = list(gone())
    if options.flip and not wrong:
        wrong = list(not_seen())
    elif options.check and not (TARGET.is_file() and TARGET.read_text("utf-8") == render()):
        wrong.append("docs/rule-tests.md is old; run: uv run python -m tools.rule_tests")
    elif not wrong:
        TARGET.write_text(render(), "utf-8")
    print(*wrong, sep="\n", end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
