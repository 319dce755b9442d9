"""What people decided, in the assessment: it counts, says who and why, and what it replaced stays."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from mochocho.standards.schema import Indicator
from mochocho.words.model import (
    ApplicantType,
    Assessment,
    Finding,
    Gate,
    GateState,
    NotPresented,
    Outcome,
    Round,
    Scores,
    Severity,
)
from processing.assessment.evaluate import Inputs, evaluate
from processing.decisions.decided import Decided
from processing.decisions.decision import Content, Decision, Kind, Plain, Reconciled, Ruled
from processing.findings.entry import Audience
from processing.findings.saying import said
from tests.pins.applicants import MEASURED, PACK, RULES, application, eligible, resolution, sheet

LEADER = ApplicantType.LEADER
STANDARD = PACK.standard(LEADER)
RULE = STANDARD.eligibility[0].code
NOTHING_MORE = Plain()
BY, WHY = "นางวินิจฉัย ตัวอย่าง", "ดูทะเบียนบ้านฉบับจริงแล้ว"


def decision(kind: Kind, about: str = "", content: Content = NOTHING_MORE) -> Decision:
    return Decision(kind, "k", about, content, WHY, BY)


def result(*decisions: Decision, **changes: Any) -> Assessment:
    decided = replace(Decided.of(decisions), resolutions=changes.pop("resolutions", ()))
    inputs = Inputs("d", application(LEADER), measurements=MEASURED, decided=decided)
    return evaluate(replace(inputs, **changes), RULES)


def of(assessment: Assessment, code: str) -> list[Finding]:
    return [f for f in assessment.findings if f.code == code]


def gate(assessment: Assessment, wanted: Gate) -> GateState:
    return next(one.state for one in assessment.gates if one.gate is wanted)


class TestEligibility:
    BARRED: Mapping[str, str] = {"not_answered": "", "not_met": "3", "unknown_answer": "นาน"}

    def answered(self, answer: str) -> dict[str, Any]:
        return {"application": application(LEADER, eligibility={**eligible(STANDARD), RULE: answer})}

    @pytest.mark.parametrize(("code", "answer"), BARRED.items())
    def test_what_does_not_bar_stays_to_be_seen_with_who_and_why(self, code: str, answer: str) -> None:
        before = result(**self.answered(answer))
        after = result(decision(Kind.ELIGIBILITY_OVERRIDE, RULE, Ruled(met=True)), **self.answered(answer))
        (found,), (ruled,) = of(before, f"eligibility.{code}"), of(after, f"eligibility.{code}")
        assert (found.severity, ruled.severity) == (Severity.BLOCKING, Severity.WARNING)
        assert (found.subject, found.read_from) == (ruled.subject, ruled.read_from)
        sentence = said(ruled, Audience.COMMITTEE)
        assert BY in sentence
        assert WHY in sentence
        assert said(ruled, Audience.FIELD) == ""
        assert (gate(before, Gate.ELIGIBLE), gate(after, Gate.ELIGIBLE)) == (
            GateState.FAILED,
            GateState.PASSED,
        )

    def test_one_that_bars_shuts_the_gate_though_nothing_was_found(self) -> None:
        after = result(decision(Kind.ELIGIBILITY_OVERRIDE, RULE, Ruled(met=False)))
        assert gate(after, Gate.ELIGIBLE) is GateState.FAILED
        (found,) = of(after, "eligibility.barred")
        assert BY in said(found, Audience.COMMITTEE)
        assert WHY in said(found, Audience.FIELD)
        assert BY not in said(found, Audience.FIELD)

    def test_it_is_about_one_rule_only(self) -> None:
        others = {rule.code: "" for rule in STANDARD.eligibility}
        after = result(
            decision(Kind.ELIGIBILITY_OVERRIDE, RULE, Ruled(met=True)),
            application=application(LEADER, eligibility=others),
        )
        blocking = {f.subject for f in after.eligibility if f.severity is Severity.BLOCKING}
        assert blocking == {*others} - {RULE}

    def test_a_pass_is_no_longer_against_the_evidence(self) -> None:
        passed = {"resolutions": (resolution(Gate.DISTRICT, Outcome.PASS),), **self.answered("3")}
        ruled = decision(Kind.ELIGIBILITY_OVERRIDE, RULE, Ruled(met=True))
        assert of(result(**passed), "against.not_eligible")
        assert not of(result(ruled, **passed), "against.not_eligible")


class TestScores:
    COUNTED: Indicator = next(i for i in STANDARD.indicators if i.measure.kind == "rubric")

    def sheets(self, *answers: int | None, **changes: Any) -> dict[str, Any]:
        code = self.COUNTED.code
        many = [sheet(LEADER, f"นายกรรมการ คนที่{n}", 9, **changes) for n in range(len(answers))]
        return {
            "sheets": tuple(
                replace(one, answers={**one.answers, code: answer})
                for one, answer in zip(many, answers, strict=True)
            )
        }

    def settled(self, answer: int, round_: Round = Round.ONSITE, about: str = "") -> Decision:
        return decision(Kind.SCORE_RECONCILE, about or self.COUNTED.code, Reconciled(round_, answer))

    def points(self, scores: Scores | None) -> tuple[Fraction | None, int | None]:
        assert scores is not None
        return next((s.points, s.answer) for s in scores.indicators if s.code == self.COUNTED.code)

    def test_the_settled_answer_counts_and_the_originals_are_told(self) -> None:
        apart = self.sheets(2, 5)
        before, after = result(**apart), result(self.settled(3), **apart)
        assert of(before, "score.disagreement")
        full = self.COUNTED.full_marks * 100
        assert self.points(after.scores) == (Fraction(3 * full, 5), 3)
        assert not of(after, "score.disagreement")
        (found,) = of(after, "score.reconciled")
        sentence = said(found, Audience.COMMITTEE)
        assert all(word in sentence for word in (BY, WHY, "คนที่๐ ๒", "คนที่๑ ๕", "เป็น ๓"))
        assert after.counted == before.counted

    def test_it_counts_too_where_nobody_could_assess(self) -> None:
        nobody = self.sheets(None)
        assert result(**nobody).scores.percent is None  # type: ignore[union-attr]
        assert self.points(result(self.settled(4), **nobody).scores)[1] == 4

    def test_each_round_has_its_own(self) -> None:
        apart = self.sheets(2, 5)
        after = result(self.settled(3, Round.PROVINCIAL), **apart)
        assert after.scores == result(**apart).scores
        both = {"sheets": (*apart["sheets"], *self.sheets(1, round=Round.PROVINCIAL)["sheets"])}
        after = result(self.settled(3, Round.PROVINCIAL), **both)
        assert self.points(after.provincial)[1] == 3
        assert of(after, "score.reconciled")[0].values[-1] == ("round", "provincial")

    def test_without_any_sheet_there_is_no_score(self) -> None:
        assert result(self.settled(3)).scores is None

    @pytest.mark.parametrize(("answer", "about"), [(9, ""), (3, "Z9.9")])
    def test_what_the_counted_sheets_do_not_ask_is_told_and_counts_not(self, answer: int, about: str) -> None:
        apart = self.sheets(2, 5)
        after = result(self.settled(answer, about=about), **apart)
        assert after.scores == result(**apart).scores
        assert [f.subject for f in of(after, "score.reconciled_unused")] == [about or self.COUNTED.code]
        assert of(after, "score.disagreement")


class TestWithdrawn:
    def test_only_that_is_told_and_the_rest_is_kept(self) -> None:
        passed = {"resolutions": (resolution(Gate.DISTRICT, Outcome.PASS),)}
        before, after = result(**passed), result(decision(Kind.WITHDRAW), **passed)
        assert (before.not_presented, after.not_presented) == (None, NotPresented.WITHDRAWN)
        (found,) = after.findings
        assert (found.code, found.severity) == ("applicant.withdrawn", Severity.BLOCKING)
        assert said(found, Audience.COMMITTEE) == f"ถอนใบสมัคร โดย {BY} เหตุผล: {WHY}"
        assert (after.gates, after.verdicts, after.counted) == (before.gates, before.verdicts, before.counted)
        assert after.resolutions == before.resolutions


class TestConsents:
    @pytest.mark.parametrize("what", ["photo", "publication"])
    def test_what_was_consented_to_holds_no_more(self, what: str) -> None:
        agreed = application(LEADER, photo_consent=True, publication_consent=True)
        one = result(decision(Kind.OBJECT, what), application=agreed).counted
        assert one is not None
        told = (one.application.photo_consent, one.application.publication_consent)
        assert told == (what != "photo", what != "publication")
        assert result(application=agreed).counted == replace(one, application=agreed)
