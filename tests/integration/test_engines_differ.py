"""Known differences between JavaRosa, ODK Web Forms and Enketo; the forms are written to avoid them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engines.engines import Answer, Engine, Outcome, Round, enketo, javarosa, leaf, web_forms
from tests.engines.questions import describe
from tests.engines.world import APPLICANTS, LISTS, PACK, PROVINCE, Row, form_path, write_list
from tests.integration.test_engines_agree import as_read, differences
from xlsforms import names
from xlsforms.build import build_forms
from xlsforms.built import Profile

LEADER, LEADER_LACKING, *_ = APPLICANTS


def chosen(row: Row, **more: Answer) -> dict[str, Answer]:
    return {"district": row["district"], "picked": row["name"], **more}


def both(form: Path, *rounds: Round) -> Outcome:
    """What both engines made of it, alike."""
    collect, web = (engine.fill(form, rounds) for engine in (javarosa(), web_forms()))
    assert differences(collect, web, describe(form)) == {}
    return collect


def every_engine() -> Iterator[Engine]:
    yield from (javarosa(), web_forms(), enketo())


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


# Enketo trims what is typed and what is computed; to Collect an answer of spaces is an answer


def test_spaces_are_no_answer_where_answers_are_counted() -> None:
    form = form_path(names.KNOWLEDGE, "kobo")
    spaces = Round({"title": " ชื่อเรื่อง ", "step": ["  "]}, {"steps": 1})
    collect, browser = (engine.fill(form, [spaces]) for engine in (javarosa(), enketo()))
    assert (value(collect, "title"), value(browser, "title")) == (" ชื่อเรื่อง ", "ชื่อเรื่อง")
    assert (value(collect, "step_count"), value(browser, "step_count")) == ("1", "0")
    assert collect.refused["/data/steps/step"] == "constraint"
    words = Round({"step": [" ขั้นที่หนึ่ง "]}, {"steps": 1})
    assert {value(engine.fill(form, [words]), "step_count") for engine in (javarosa(), enketo())} == {"1"}


# Enketo makes a list of lines that begin with `1.`, and takes the numbers away


@pytest.mark.parametrize("profile", ["odk", "kobo"])
def test_the_three_lines_that_are_read_aloud_are_the_same_everywhere(profile: Profile) -> None:
    form = form_path(names.APPLICATION, profile)
    read = {" ".join(label(each.fill(form, [Round({})]), "privacy_aloud").split()) for each in every_engine()}
    assert len(read) == 1
    assert re.findall(r"\((\d)\)", read.pop()) == ["1", "2", "3"]


# A browser asks for leave before it tells the place: never at opening, only when the assessor wants it

VISIT = chosen(LEADER, mode="own", visited_on="2025-01-02", conflict="no")
HERE = "19.9 99.8 400 5"
BROWSER = "ee.example.org:Ab12cdEf34GhIj56"


@pytest.mark.parametrize("profile", ["odk", "kobo"])
def test_a_browser_is_not_asked_for_the_place_when_the_form_opens(profile: Profile) -> None:
    outcome = enketo().fill(form_path(names.ONSITE, profile), [Round(VISIT)], HERE, BROWSER)
    assert value(outcome, "location") == ""
    assert "/data/visit/take_place" not in outcome.refused


def test_a_place_that_is_refused_keeps_nothing_back() -> None:
    wanted = [Round({**VISIT, "take_place": "here"})]
    for location in (HERE, ""):
        outcome = enketo().fill(form_path(names.ONSITE, "kobo"), wanted, location, BROWSER)
        assert value(outcome, "location") == location
        assert not [path for path in outcome.refused if path.startswith("/data/visit/take_place")]


# What is not asked on a screen is never taken away again by Enketo, so no formula says when the place counts


def test_the_place_is_written_alike_when_the_way_of_filling_is_changed() -> None:
    form = form_path(names.ONSITE, "kobo")
    rounds = [Round({**VISIT, "take_place": "here"}), Round({"mode": "paper"})]
    outcomes = [engine.fill(form, rounds, HERE) for engine in every_engine()]
    assert {len((value(outcome, "location") or "").split()) for outcome in outcomes} == {4}
    assert {as_read(names.ONSITE, outcome).gps for outcome in outcomes} == {""}


# Enketo writes `type="file"` beside the name of a file, and the time of day into it: the server does not mind


def test_a_photo_of_a_paper_sheet_is_read_alike() -> None:
    form = form_path(names.ONSITE, "kobo")
    paper = Round({**VISIT, "mode": "paper", "entered_by": "นางธุรการ", "sheet_photo": "photo.jpg"})
    collect, browser = (engine.fill(form, [paper]) for engine in (javarosa(), enketo()))
    assert browser.nodes["/data/sheet_photo/@type"] == "file"
    papers = [as_read(names.ONSITE, outcome).papers for outcome in (collect, browser)]
    assert papers[0] == papers[1]
    assert [photo.name for photo in papers[0]] == ["photo.jpg"]


# A requirement in a repeat goes with the round that is deleted


@pytest.mark.parametrize("profile", ["odk", "kobo"])
def test_no_client_sends_a_paper_sheet_without_the_page_that_was_signed(profile: Profile) -> None:
    paper = {**VISIT, "mode": "paper", "entered_by": "นางธุรการ"}
    rounds = [Round({**paper, "sheet_page": ["1.jpg"]}, {"more_sheets": 1}), Round({}, {"more_sheets": 0})]
    for engine in every_engine():
        outcome = engine.fill(form_path(names.ONSITE, profile), rounds)
        assert outcome.refused["/data/sheet_photo"] == "required"


# One rule for telephones and villages


@pytest.mark.parametrize(
    ("phone", "moo", "refused"),
    [
        ("000-000-0000", "04", False),
        ("๐๐๐-๐๐๐-๐๐๐๐", "๔", False),
        ("0--------", "00", True),
        ("000-0000-0000", "100", True),
    ],
)
def test_every_client_knows_a_telephone_and_a_village(phone: str, moo: str, refused: bool) -> None:
    form = form_path(names.APPLICATION, "kobo")
    typed = Round({"applicant_type": "group", "district": "5701", "phone": phone, "moo": moo})
    asked = {"/data/contact/phone", "/data/who/moo"}
    for engine in every_engine():
        outcome = engine.fill(form, [typed])
        assert asked & set(outcome.refused) == (asked if refused else set())


# What Enketo computed for a type of applicant that was chosen before stays where it was computed


@pytest.mark.parametrize("before", ["network", "leader"])
def test_what_another_type_lacks_is_not_told(before: str) -> None:
    form = form_path(names.APPLICATION, "kobo")
    changed_mind = [Round({"applicant_type": before, "district": "5701"}), Round({"applicant_type": "group"})]
    told = []
    for engine in every_engine():
        shown = engine.fill(form, changed_mind).shown
        told.append({leaf(path) for path in shown if leaf(path).startswith("missing_")})
    assert told[0] == told[1] == told[2]
    assert not [name for name in told[2] if f"_{before}_" in name]
    assert [name for name in told[2] if "_group_" in name]


# Enketo leaves an empty round of a repeat that is not asked for any more


def test_an_empty_round_that_is_left_names_nobody() -> None:
    form = form_path(names.APPLICATION, "kobo")
    team = {"applicant_type": "network", "team_name": ["นางหนึ่ง ตัวอย่าง", "นายสอง ตัวอย่าง"]}
    browser = enketo().fill(form, [Round(team, {"lead_team": 2}), Round({"applicant_type": "leader"})])
    application, _ = as_read(names.APPLICATION, browser)
    assert application.lead_team == ()
