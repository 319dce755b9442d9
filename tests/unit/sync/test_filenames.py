"""One rule for which spellings of a file's name are the same."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.xform.filenames import matched

COMPOSED, APART = "สำเนาบัตร.jpg", "สํ\u0e32เนาบัตร.jpg"
FORMS = (str, *(lambda text, form=form: unicodedata.normalize(form, text) for form in ("NFC", "NFD")))
NAMES = st.text("กขคำาิ่้์ะเแ éü-_.09", min_size=1, max_size=12).filter(str.strip)


def plain(*names: str) -> dict[str, tuple[str, ...]]:
    return dict.fromkeys(names, ())


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (APART, COMPOSED),
        (COMPOSED, APART),
        ("น\u0e4d\u0e49\u0e32.jpg", "น้ำ.jpg"),  # a tone mark between the halves of SARA AM
        ("น\u0e49\u0e4d\u0e32.jpg", "น้ำ.jpg"),
        ("กู\u0e49.jpg", "ก\u0e49ู.jpg"),  # vowel and tone mark changed places
        ("u\u0308.jpg", "ü.jpg"),  # macOS
        ("บ้าน เลขที่.jpg", "บ้าน\u00a0เลขที่.jpg"),
        ("บ้าน  เลขที่.jpg", "บ้าน เลขที่.jpg"),
        (" บ้าน.jpg", "บ้าน.jpg "),
        ("บ้าน\u200bเลขที่.jpg", "บ้านเลขที่.jpg"),
        ("แผน.jpg", "เเผน.jpg"),
    ],
)
def test_names_that_look_the_same_are_the_same(file: str, said: str) -> None:
    assert matched(plain(file), {said, "another.jpg"}) == {file: said}


@pytest.mark.parametrize(
    ("file", "said"),
    [("1.jpg", "2.jpg"), ("บ้าน.jpg", "บาน.jpg"), ("a.jpg", "a.jpeg"), ("a%20b.jpg", "a b.jpg")],
)
def test_names_that_differ_are_not(file: str, said: str) -> None:
    assert matched(plain(file), {said}) == {}


def test_of_two_files_the_one_with_the_exact_name_is_meant() -> None:
    assert matched(plain(APART, COMPOSED), {COMPOSED}) == {COMPOSED: COMPOSED}
    assert matched(plain(APART, COMPOSED), {APART}) == {APART: APART}


def test_each_of_two_names_alike_has_its_own_file() -> None:
    assert matched(plain(APART, COMPOSED), {APART, COMPOSED}) == {APART: APART, COMPOSED: COMPOSED}


def test_what_an_exact_file_leaves_goes_to_the_other_name() -> None:
    other = "สำเนาบัตร\u200b.jpg"
    assert matched(plain(COMPOSED, other), {COMPOSED, APART}) == {COMPOSED: COMPOSED, other: APART}


def test_where_two_names_are_alike_and_none_is_exact_nothing_is_guessed() -> None:
    assert matched(plain("สำเนาบัตร\u200b.jpg"), {COMPOSED, APART}) == {}


def test_of_two_files_as_near_as_each_other_both_are_meant() -> None:
    other = "สำเนาบัตร\u200b.jpg"
    assert matched(plain(APART, other), {COMPOSED}) == {APART: COMPOSED, other: COMPOSED}


def test_what_a_server_makes_of_a_name_comes_last() -> None:
    def kept(name: str) -> str:
        return name.replace(" ", "_")

    assert matched({"x": ("a_b.jpg",)}, {"a b.jpg"}, kept) == {"x": "a b.jpg"}
    assert matched({"x": ("a_b.jpg",), "a b.jpg": ()}, {"a b.jpg"}, kept) == {"a b.jpg": "a b.jpg"}
    assert matched({"x": ("a_b.jpg",)}, {"a b.jpg"}) == {}


@given(st.sets(NAMES, min_size=1, max_size=6), st.data())
def test_a_file_of_an_exact_name_is_always_found(said: set[str], data: st.DataObject) -> None:
    files = data.draw(st.sets(st.one_of(NAMES, st.sampled_from(sorted(said))), max_size=6))
    means = matched(plain(*files), said)
    assert all(means[name] == name for name in files & said)
    assert set(means.values()) <= said


@given(NAMES, st.sampled_from(FORMS), st.sampled_from(FORMS))
def test_no_unicode_form_loses_a_file(name: str, written: object, kept: object) -> None:
    file, said = kept(name), written(name)  # type: ignore[operator]
    assert matched(plain(file), {said}) == {file: said}
