"""Side by side: who shares a file or a national ID, shown to each, at a size that does not grow."""

from mochocho.model import ApplicantType, Application, DocumentAnswer, FileRef
from mochocho.thai import national_id_check_digit
from processing.cross import NAMED, check
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
    everybody = [applicant(n, "same") for n in range(500)]
    slices = cross_index(everybody, {})
    for own in slices.values():
        (sha256, others) = own.shared_files[0]
        assert (sha256, len(others.shown), others.count) == ("same", NAMED, 499)
    found = check(everybody[0], slices["k0000"], {"5701": "เมืองเชียงราย"})
    assert found[0].code == "document.shared_file"
    assert "คนที่ ๑ อำเภอเมืองเชียงราย" in found[0].message_th
    assert "และอีก ๔๙๖ ราย" in found[0].message_th


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
