"""Where JavaRosa and ODK Web Forms were found to differ: the forms are written so that it does not show."""

from pathlib import Path

import pytest

from tests.engines.engines import Answer, Outcome, Round, javarosa, leaf, web_forms
from tests.engines.questions import describe
from tests.engines.world import APPLICANTS, LISTS, PACK, PROVINCE, Row, form_path, write_list
from tests.integration.test_engines_agree import as_read, differences
from xlsforms import names
from xlsforms.build import build_forms

LEADER, LEADER_LACKING, *_ = APPLICANTS


def chosen(row: Row, **more: Answer) -> dict[str, Answer]:
    return {"district": row["district"], "picked": row["name"], **more}


def both(form: Path, *rounds: Round) -> Outcome:
    """What both engines made of it, alike."""
    collect, web = (engine.fill(form, rounds) for engine in (javarosa(), web_forms()))
    assert differences(collect, web, describe(form)) == {}
    return collect


def value(outcome: Outcome, name: str) -> str | None:
    return next((v for path, v in outcome.nodes.items() if leaf(path) == name), None)


def label(outcome: Outcome, name: str) -> str:
    return next(label for path, (label, _) in outcome.shown.items() if leaf(path) == name)


# Web Forms 0.22: substring-after(text, words) leaves all but the first letter of the words


def test_the_number_of_a_bad_page_is_found_among_several() -> None:
    outcome = both(form_path(names.SUPPLEMENT, "odk"), Round(chosen(LEADER_LACKING)))
    pages = [item.split(":") for item in LEADER_LACKING["bad_pages"].split()]
    assert [number for _, number in pages] == ["2", "11"]
    for code, number in pages:
        field = names.document("leader", code)
        assert value(outcome, f"bad_{field}") == number
        assert f"หน้าที่ {number} อ่านไม่ได้" in label(outcome, f"note_{field}")


# JavaRosa keeps the rounds of a repeat when the number that the form computes falls


def test_rounds_above_a_smaller_count_say_nothing() -> None:
    form = form_path(names.SELF_ASSESSMENT, "odk")
    three = [item for item in LISTS[names.PLAN_ITEMS] if item["applicant"] == LEADER["name"]]
    one = [item for item in LISTS[names.PLAN_ITEMS] if item["applicant"] == LEADER_LACKING["name"]]
    assert (len(three), len(one)) == (3, 1)
    answered = {"own_actual": [1, 2, 3], "own_note": ["ก", "ข", "ค"], "round": "self_before"}
    outcome = both(
        form, Round(chosen(LEADER, **answered)), Round({**chosen(LEADER_LACKING), "own_actual": [7]})
    )
    assert [own.item for own in as_read(names.SELF_ASSESSMENT, outcome).own] == [one[0]["name"]]


# JavaRosa empties a choice that its filter offers no more, without computing again what follows from it


def test_an_applicant_of_another_district_is_not_chosen_any_more() -> None:
    for form_id in (names.PLAN, names.SELF_ASSESSMENT, names.ONSITE, names.SUPPLEMENT, names.KNOWLEDGE):
        for profile in ("odk", "kobo"):
            form = form_path(form_id, profile)
            outcome = both(form, Round(chosen(LEADER_LACKING)), Round({"district": "5702"}))
            assert (value(outcome, "applicant_key"), value(outcome, "applicant_name")) == ("", "")
            assert outcome.refused["/data/choose/picked"] == "required"


def test_an_assessor_of_the_other_committee_is_not_named_any_more() -> None:
    form = form_path(names.ONSITE, "odk")
    outcome = both(form, Round(chosen(LEADER, assessor="a1")), Round({"round": "provincial"}))
    assert value(outcome, "assessor_name") == ""
    assert outcome.refused["/data/visit/assessor"] == "required"


def test_a_subdistrict_of_another_district_is_not_named_any_more() -> None:
    form = form_path(names.APPLICATION, "odk")
    there = Round({"applicant_type": "group", "district": "5701", "subdistrict": "570101"})
    assert value(both(form, there), "subdistrict_name")
    outcome = both(form, there, Round({"district": "5702"}))
    assert value(outcome, "subdistrict_name") == ""
    assert outcome.refused["/data/who/subdistrict"] == "required"


def test_a_village_of_another_subdistrict_is_typed_instead(tmp_path: Path) -> None:
    form = tmp_path / f"{names.APPLICATION}.xml"
    villages = b"name,label,subdistrict\nv1,\xe0\xb8\x81,570101\n"
    built = build_forms(PACK, PROVINCE, "odk", villages=villages)
    form.write_text(next(f for f in built if f.form_id == names.APPLICATION).xform, "utf-8")
    write_list(tmp_path, names.VILLAGES, [{"name": "v1", "label": "บ้านดอน", "subdistrict": "570101"}])
    there = {"district": "5701", "subdistrict": "570101", "village_listed": "v1"}
    assert value(both(form, Round(there)), "village_name") == "บ้านดอน"
    outcome = both(form, Round(there), Round({"subdistrict": "570102", "village": "บ้านใหม่"}))
    assert (value(outcome, "village_listed"), value(outcome, "village_name")) == ("", "บ้านใหม่")


def test_a_page_that_is_not_to_be_replaced_any_more_is_not_asked_for() -> None:
    form = form_path(names.SUPPLEMENT, "odk")
    document = next(d for d in PACK.standard("leader").documents if d.capture == "signed_form")
    how = names.supplement_how("leader", document.code)
    page = names.supplement_page("leader", document.code)
    also = {"also": names.supplement_for("leader", document.code)}
    one_page = Round(chosen(LEADER_LACKING, **also) | {how: "page", page: 1})
    assert value(both(form, one_page), page) == "1"
    outcome = both(form, one_page, Round({"also": ""}))
    assert (value(outcome, how), value(outcome, page)) == ("", None)


# count() of a repeat that is not asked for: JavaRosa 0, Web Forms 1


@pytest.mark.parametrize("status", ["later", ""])
def test_pages_of_a_document_that_comes_later_are_not_counted(status: str) -> None:
    form = form_path(names.APPLICATION, "odk")
    document = next(d for d in PACK.standard("group").documents if d.capture == "pages" and d.mandatory)
    field = names.document("group", document.code)
    attached: dict[str, Answer] = {"applicant_type": "group", field: "attached"}
    photographed = Round(
        attached | {names.photo("group", document.code): ["1.jpg", "2.jpg"]},
        {names.pages("group", document.code): 2},
    )
    assert value(both(form, photographed), names.lacking(field)) == "0"
    outcome = both(form, photographed, Round({field: status}))
    assert value(outcome, names.lacking(field)) == "1"
    assert f"ยังขาด {value(outcome, 'lacking')} รายการ" in label(outcome, "missing_now")


# When a round is deleted JavaRosa sums again only what stands right below the repeat; to its sum() a blank
# is 0, to that of Web Forms no number

MEETINGS = names.meetings("N1.2.2")
PERCENT = names.indicator("N1.2.2")


@pytest.mark.parametrize(
    ("held", "percent"),
    [(3, "50"), (2, "37"), (1, "25"), (0, "")],
)
def test_attendance_is_computed_again_when_a_meeting_is_deleted(held: int, percent: str) -> None:
    outcome = both(form_path(names.SELF_ASSESSMENT, "odk"), MET_THREE_TIMES, Round({}, {MEETINGS: held}))
    assert value(outcome, PERCENT) == percent
    network = as_read(names.SELF_ASSESSMENT, outcome)
    assert network.answers["N1.2.2"] == (int(percent) if percent else None)


@pytest.mark.parametrize("lacking", [names.present("N1.2.2"), names.members("N1.2.2")])
def test_a_meeting_that_lacks_a_number_gives_no_percentage(lacking: str) -> None:
    blank = Round({lacking: [None, "", None]}, {MEETINGS: 3})
    outcome = both(form_path(names.SELF_ASSESSMENT, "odk"), MET_THREE_TIMES, blank)
    assert value(outcome, PERCENT) == ""
    assert as_read(names.SELF_ASSESSMENT, outcome).answers["N1.2.2"] is None


NETWORK = next(row for row in APPLICANTS if row["applicant_type"] == "network")
MET_THREE_TIMES = Round(
    chosen(
        NETWORK,
        round="self_before",
        **{
            names.meetings_held("N1.2.2"): "1",
            names.present("N1.2.2"): [10, 20, 30],
            names.members("N1.2.2"): [40, 40, 40],
        },
    ),
    {MEETINGS: 3},
)


def test_a_lead_team_that_is_deleted_is_lacking_again() -> None:
    form = form_path(names.APPLICATION, "odk")
    named = Round({"applicant_type": "group", "team_name": ["นางหนึ่ง ตัวอย่าง"]}, {"lead_team": 1})
    assert value(both(form, named), names.lacking("lead_team")) == "0"
    assert value(both(form, named, Round({})), names.lacking("lead_team")) == "1"
