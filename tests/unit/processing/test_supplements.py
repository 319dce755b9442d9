"""Supplements are merged in the order of sending, and nothing is lost."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.words.model import (
    ApplicantType,
    Application,
    DocumentAnswer,
    Doubt,
    DoubtedDay,
    FileRef,
    ReadFrom,
    Replaces,
    Supplement,
    SupplementedDocument,
)
from processing.documents.asked import read_from
from processing.register.supplements import merge, remarks

EIGHT = datetime(2025, 2, 1, 1, tzinfo=UTC)


def page(name: str) -> FileRef:
    return FileRef(f"{name}.jpg", name)


def application(**documents: DocumentAnswer) -> Application:
    return Application(
        key="k",
        root_id="app",
        instance_id="app-v1",
        form_version="1",
        type=ApplicantType.LEADER,
        name="นางสมมติ ทดสอบ",
        district="5701",
        subdistrict="",
        village="",
        applied_on=None,
        eligibility={},
        documents={"id": attached("a1", "a2"), "house": DocumentAnswer("later", path="doc"), **documents},
    )


def attached(*names: str) -> DocumentAnswer:
    return DocumentAnswer("attached", tuple(map(page, names)), path="photo_id")


def supplement(root: str, hours: float | None = 0, **documents: SupplementedDocument) -> Supplement:
    sent_at = None if hours is None else EIGHT + timedelta(hours=hours)
    return Supplement(root, f"{root}-v1", "1", "k", sent_at, documents)


def whole(*names: str) -> SupplementedDocument:
    return SupplementedDocument(Replaces.WHOLE, tuple(map(page, names)), path="photo_s")


def one(name: str, place: int) -> SupplementedDocument:
    return SupplementedDocument(Replaces.PAGE, (page(name),), place, path="photo_s")


def shas(application: Application, document: str) -> list[str | None]:
    return [p.sha256 for p in application.documents[document].pages]


def test_what_was_missing_is_there_afterwards_and_the_rest_stays() -> None:
    merged = merge(application(), [supplement("s", house=whole("h1", "h2"))])

    assert (merged.documents["house"].status, shas(merged, "house")) == ("attached", ["h1", "h2"])
    assert merged.documents["id"] == application().documents["id"]


@pytest.mark.parametrize(
    ("place", "expected"),
    [(1, ["new", "a2"]), (2, ["a1", "new"]), (3, ["a1", "a2", "new"]), (0, ["a1", "a2", "new"])],
)
def test_one_page_is_replaced_and_one_that_never_was_is_added(place: int, expected: list[str]) -> None:
    assert shas(merge(application(), [supplement("s", id=one("new", place))]), "id") == expected


def test_a_page_of_a_document_that_never_came_is_the_document() -> None:
    assert shas(merge(application(), [supplement("s", house=one("h", 2))]), "house") == ["h"]


def test_the_newest_stands_whichever_came_first() -> None:
    first, second = supplement("b", 1, id=whole("x", "y")), supplement("a", 2, id=one("z", 1))

    assert shas(merge(application(), [second, first]), "id") == ["z", "y"]
    assert shas(merge(application(), [replace(first, sent_at=None), second]), "id") == ["z", "y"]


def test_each_page_says_where_it_was_read() -> None:
    answer = merge(application(), [supplement("s", id=one("new", 2))]).documents["id"]

    assert [read_from(answer, "app-v1", place) for place in range(2)] == [
        ReadFrom("app-v1", "photo_id[1]", "a1"),
        ReadFrom("s-v1", "photo_s[1]", "new"),
    ]


def test_a_signature_a_waiver_and_a_portrait_come_later_too() -> None:
    signed = SupplementedDocument(Replaces.SIGNED, (page("sign"),), path="signature")
    waived = SupplementedDocument(Replaces.WAIVED, waived_by="นางสาวตัวอย่าง ใจดี", path="waived")
    sent = replace(supplement("s", form=signed, house=waived), portrait=page("face"))
    merged = merge(application(), [sent])

    assert (merged.documents["form"].status, shas(merged, "form")) == ("signed", ["sign"])
    assert merged.documents["house"].status == "waived"
    assert merged.documents["house"].waived_by == "นางสาวตัวอย่าง ใจดี"
    assert merged.portrait == page("face")


def test_who_waived_a_document_stays_known_until_another_name_comes() -> None:
    waived = DocumentAnswer("waived", waived_by="นางเห็น ตัวจริง", path="doc")
    unnamed = SupplementedDocument(Replaces.WAIVED, path="waived")
    named = replace(unnamed, waived_by="นางสาวตัวอย่าง ใจดี")

    def known(*later: SupplementedDocument) -> str:
        sent = [supplement(f"s{n}", n, house=one) for n, one in enumerate(later)]
        return merge(application(house=waived), sent).documents["house"].waived_by

    assert known(unnamed) == "นางเห็น ตัวจริง"
    assert known(named, unnamed) == "นางสาวตัวอย่าง ใจดี"


def test_the_newest_portrait_stands_and_one_without_takes_none_away() -> None:
    before = replace(application(), portrait=page("old"))
    sent = [replace(supplement(f"s{hours}", hours), portrait=page(f"face {hours}")) for hours in (2, 1)]

    assert merge(before, [supplement("s")]).portrait == page("old")
    assert merge(before, sent).portrait == page("face 2")
    assert merge(before, [*sent, supplement("s3", 3)]).portrait == page("face 2")


def test_of_two_finished_at_one_moment_the_root_decides() -> None:
    two = [supplement("b", 1, id=whole("of b")), supplement("a", 1, id=whole("of a"))]

    assert shas(merge(application(), two), "id") == shas(merge(application(), two[::-1]), "id") == ["of b"]


def test_where_two_clocks_disagree_about_one_document_a_person_is_asked() -> None:
    earlier = replace(supplement("a", 1, id=whole("x")), received_at=EIGHT + timedelta(hours=9))
    later = replace(supplement("b", 2, id=whole("y")), received_at=EIGHT + timedelta(hours=8))

    def asked(*sent: Supplement) -> list[tuple[str, ReadFrom]]:
        return [(f.code, f.read_from) for f in remarks(application(), sent)]

    disagree = [("supplement.clocks_disagree", ReadFrom("a-v1", "photo_s"))]
    assert asked(earlier, later) == asked(later, earlier) == disagree
    assert asked(earlier, supplement("c", 1.5, house=whole("h")), later) == disagree
    assert asked(earlier, replace(later, documents={"house": whole("h")})) == []
    named = {f"d{n}": replace(whole("x"), path=f"photo_{n}") for n in range(9, 0, -1)}
    both = replace(earlier, documents=named), replace(later, documents=named)
    assert asked(*both) == [("supplement.clocks_disagree", ReadFrom("a-v1", "photo_1"))]
    assert asked(earlier, replace(later, received_at=earlier.received_at)) == []
    assert asked(earlier, replace(later, received_at=None)) == []
    assert asked(replace(earlier, received_at=None), later) == []
    (stray,) = asked(earlier, replace(later, officer_districts=("5718",)))
    assert stray[0] == "supplement.other_district"


def test_conflicts_and_unlikely_days_are_told_of_each() -> None:
    day = DoubtedDay("waived_on", "วันที่รับรอง", "2525-01-01", next(iter(Doubt)))
    sent = [replace(supplement("a"), conflict=True), replace(supplement("b"), doubted=(day,))]
    found = [(f.code, f.read_from) for f in remarks(application(), sent)]

    assert found == [
        ("supplement.conflict", ReadFrom("a-v1", "supplement")),
        ("supplement.unlikely_date", ReadFrom("b-v1", "waived_on")),
    ]


def test_what_an_officer_of_another_district_sends_is_kept_aside_and_named() -> None:
    stray = replace(supplement("s", id=whole("stranger")), officer_districts=("5718",))

    assert merge(application(), [stray]) == application()
    assert [f.code for f in remarks(application(), [stray])] == ["supplement.other_district"]
    own = replace(stray, officer_districts=("5701", "5718"))
    assert shas(merge(application(), [own]), "id") == ["stranger"]
    assert list(remarks(application(), [own])) == []


DOCUMENTS = st.one_of(
    st.builds(lambda names: whole(*names), st.lists(st.sampled_from("pqr"), min_size=1, max_size=3)),
    st.builds(one, st.sampled_from("tuv"), st.integers(0, 4)),
)
SENT = st.lists(
    st.tuples(st.none() | st.integers(0, 2), st.dictionaries(st.sampled_from(["id", "house"]), DOCUMENTS)),
    max_size=4,
).map(lambda all_: [supplement(f"s{n}", hours, **docs) for n, (hours, docs) in enumerate(all_)])


@given(SENT, st.randoms(use_true_random=False))
def test_the_order_in_which_they_come_changes_nothing(sent, random) -> None:
    mixed = random.sample(sent, len(sent))

    assert merge(application(), mixed) == merge(application(), sent)


@given(SENT)
def test_every_page_says_where_it_was_read_and_an_untouched_document_stays(sent) -> None:
    merged = merge(application(), sent)

    for code, answer in merged.documents.items():
        if answer.read_from:
            assert len(answer.read_from) == len(answer.pages)
        else:
            assert answer == application().documents[code]
            assert all(code not in s.documents for s in sent)
