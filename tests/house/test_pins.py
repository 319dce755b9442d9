"""Rules do not change unnoticed: a changed result requires raising the number under which homes store it."""

from dataclasses import replace

import pytest

from processing.assessment.evaluate import evaluate, failed
from processing.findings.catalogue import ENTRIES
from processing.findings.of_documents import FILE_PROBLEMS
from processing.scoring import score
from tests.pins import files, forms
from tests.pins.applicants import everyone, rules_of
from tests.pins.pinned import now, pinned, wrong
from tests.pins.results import GUARDED, Guarded
from xlsforms import names

RULE = GUARDED["RULE_VERSION"]
MADE_BY_PROGRAMS_ALONE = {"not_measured", "set_aside"}


@pytest.mark.parametrize("guarded", GUARDED.values(), ids=GUARDED)
def test_results_are_those_that_were_pinned_under_this_number(guarded: Guarded) -> None:
    assert wrong(guarded, *pinned(guarded), now(guarded)) == ""


def test_the_corpus_reaches_every_finding_of_the_catalogue() -> None:
    reached = set()
    for name, inputs in everyone():
        for assessment in (evaluate(inputs, rules_of(name)), failed(inputs)):
            reached |= {finding.code for finding in assessment.findings}
            reached |= {finding.code for gate in assessment.gates for finding in gate.findings}
    assert {entry.code for entry in ENTRIES} == reached


def test_the_files_have_nearly_every_problem_that_a_file_can_have() -> None:
    problems = {facts[-1] for _, facts in files.measured()}  # type: ignore[index]
    lacking = set(FILE_PROBLEMS) - problems - MADE_BY_PROGRAMS_ALONE
    assert lacking == {"too_large", "jxl"}


def test_a_rule_that_changes_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(score, "RUBRIC_PASS_LEVEL", score.RUBRIC_PASS_LEVEL + 1)
    assert "raise RULE_VERSION" in wrong(RULE, *pinned(RULE), now(RULE))


def test_most_forms_of_the_corpus_are_read() -> None:
    refused = [name for name, said in forms.read() if "refused" in said[0]]  # type: ignore[index]
    assert 0 < len(refused) < forms.SEEDS * len(names.FORMS) / 3


def test_another_result_under_the_same_number_says_which_to_raise() -> None:
    said = wrong(RULE, RULE.value, {"a": "1", "b": "1"}, {"a": "1", "b": "2"})
    assert "raise RULE_VERSION in processing/assessment/evaluate.py" in said
    assert said.endswith("\n  b")


def test_another_number_is_pinned_anew() -> None:
    raised = replace(RULE, value=RULE.value + 1)
    assert "tests.pins.pinned" in wrong(raised, RULE.value, {"a": "1"}, {"a": "2"})
    assert "tests.pins.pinned" in wrong(raised, RULE.value, {"a": "1"}, {"a": "1"})


def test_a_new_case_is_pinned_and_raises_nothing() -> None:
    said = wrong(RULE, RULE.value, {"a": "1"}, {"a": "1", "b": "1"})
    assert "raise" not in said
    assert "tests.pins.pinned" in said
