"""Shared files and national IDs: each applicant's findings name the others, in bounded size."""

from dataclasses import replace

import pytest

from mochocho.words.model import ApplicantType, Application, DocumentAnswer, FileRef
from mochocho.words.thai import national_id_check_digit
from processing.findings import saying
from processing.likeness.duplicates import NAMED, check
from tests.side_by_side import slices as cross_index


def applicant(number: int, *shas: str, status: str = "attached") -> Application:
    answer = DocumentAnswer(status, tuple(FileRef("p.jpg", s) for s in shas), path="photo_x")
    key = f"k{number:04}"
    return Application(
        key, key, key, "1", ApplicantType.LEADER, f"คนที่ {number}", "5701", "", "", None, {}, {"d": answer}
    )


def national_id(number: int) -> str:
    first = f"10000{number:07}"
    return first + national_id_check_digit(first)


def test_a_file_that_everybody_sent_names_a_few_and_counts_the_rest() -> None:
    everybody = [applicant(n, "same") for n in range(120)]
    slices = cross_index(everybody, {})
    for own in slices.values():
        (sha256, others) = own.shared_files[0]
        assert (sha256, len(others.shown), others.count) == ("same", NAMED, 119)
    found = check(everybody[0], slices["k0000"], {"5701": "เมืองเชียงราย"})
    assert found[0].code == "document.shared_file"
    assert "คนที่ ๑ อำเภอเมืองเชียงราย" in saying.said(found[0])
    assert "และอีก ๑๑๖ ราย" in saying.said(found[0])


def test_the_same_file_twice_in_one_application_and_a_shared_signature_are_nobody_elses() -> None:
    slices = cross_index(
        [applicant(1, "a", "a"), applicant(2, "s", status="signed"), applicant(3, "s", status="signed")], {}
    )
    assert all(own.shared_files == () for own in slices.values())


def test_an_id_used_twice_is_masked_in_what_is_said() -> None:
    same = national_id(1)
    people = {f"k{n:04}": same if n < 3 else national_id(n) for n in (1, 2, 3)}
    applications = [applicant(n) for n in (1, 2, 3)]
    slices = cross_index(applications, people)
    said = [[f.code for f in check(a, slices[a.key], {})] for a in applications]
    assert said == [["applicant.duplicate_national_id"], ["applicant.duplicate_national_id"], []]
    assert same not in repr(slices)
    assert same not in repr(check(applications[0], slices["k0001"], {}))


def test_a_wrong_or_missing_id_is_for_a_person_to_look_at() -> None:
    applications = [applicant(1), applicant(2)]
    slices = cross_index(applications, {"k0001": "1000000000000"})
    assert [f.code for f in check(applications[0], slices["k0001"], {})] == ["applicant.invalid_national_id"]
    assert [f.code for f in check(applications[1], slices["k0002"], {})] == ["applicant.no_national_id"]


# One that applied twice


def group(number: int, name: str = "กลุ่มทอผ้าบ้านดอนธาร", **changes: str) -> Application:
    made = replace(
        applicant(number), type=ApplicantType.GROUP, name=name, subdistrict="โป่งงาม", village="บ้านหนองหอม"
    )
    return replace(made, **{"moo": "11", **changes})  # type: ignore[arg-type]


def said_of(*applications: Application) -> list[list[str]]:
    slices = cross_index(applications, {})
    return [
        [f.code for f in check(a, slices[a.key], {}) if f.subject == "applicant_name"] for a in applications
    ]


@pytest.mark.parametrize(
    "other",
    [
        group(2),
        group(2, "กลุ่มทอผ้า บ้านดอนธาร"),
        group(2, "กลุ่มทอผ้าบ้าน\u200bดอนธาร"),
        group(2, "กลุ่มทอผ้าบ้านดอนธาร", village="หนองหอม"),
        group(2, village="บ้านหนองหอม", moo=""),
        group(2, subdistrict="ต.โป่งงาม"),
        group(2, subdistrict="", village=""),
        group(2, moo="011"),
        group(2, moo="๑๑"),
    ],
)
def test_a_name_twice_in_one_village_is_said_to_both(other: Application) -> None:
    assert said_of(group(1), other) == [["applicant.same_name"], ["applicant.same_name"]]


@pytest.mark.parametrize(
    "other",
    [
        group(2, "กลุ่มทอผ้าบ้านดอนทาร"),
        group(2, "กลุ่มทอผ่าบ้านดอนธาร"),
        group(2, "กลุ่มทอผ้าบ้านดอนธารร"),
    ],
)
def test_nearly_the_same_name_is_asked_of_both(other: Application) -> None:
    assert said_of(group(1), other) == [["applicant.alike_name"], ["applicant.alike_name"]]


@pytest.mark.parametrize(
    "other",
    [
        group(2, moo="12"),
        group(2, subdistrict="เวียง"),
        group(2, moo="", village="บ้านใหม่"),
        group(2, "กลุ่มทอผ้าบ้านดอนธาร 2"),
        group(2, "กลุ่มจักสานบ้านดอนธาร"),
        group(2, district="5702"),
        replace(group(2), type=ApplicantType.NETWORK),
        group(2, ""),
    ],
)
def test_who_lives_elsewhere_or_is_named_otherwise_is_another(other: Application) -> None:
    assert said_of(group(1), other) == [[], []]


def test_a_leader_is_found_by_name_where_the_number_was_mistyped() -> None:
    """The number that is the same is told already, and once is enough."""
    people = [replace(applicant(n), name=name, moo="1") for n, name in ((1, "นายสม ใจดี"), (2, "นาย สม ใจดี"))]
    other, same = ({"k0001": national_id(1), "k0002": national_id(n)} for n in (2, 1))
    assert [f.code for f in check(people[0], cross_index(people, other)["k0001"], {})] == [
        "applicant.same_name"
    ]
    assert [f.code for f in check(people[0], cross_index(people, same)["k0001"], {})] == [
        "applicant.duplicate_national_id"
    ]


def test_a_name_of_everybody_names_a_few_and_counts_the_rest() -> None:
    everybody = [group(n) for n in range(100)]
    own = cross_index(everybody, {})["k0000"]
    assert own.same_name is not None
    assert (len(own.same_name.shown), own.same_name.count) == (NAMED, 99)
