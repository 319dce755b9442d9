"""A page that is sent again is found, however it was changed; another page of its form is not."""

from base64 import b64decode
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from random import Random

import numpy as np
import pytest
from PIL import Image

from processing.documents.copies.page_copy import SAME
from processing.same_pages import all_pages
from processing.same_pages.agreement import Kept, agreement
from processing.same_pages.imprint import MOST_BYTES, imprint
from processing.same_pages.marks import LONG_SIDE, Codes, Marks, turned
from tests.unit.processing.same_pages.changed_pages import CHANGES
from tests.unit.processing.same_pages.printed_forms import blank_form, filled, photographed

Stored = tuple[str, str]
Found = list[tuple[int, int]]  # (page, per cent)
FORM = 1
PAGES, SENT_AGAIN = 16, 2
MANY, MANY_SENT_AGAIN = 2000, 40


def stored(page: Image.Image) -> Stored:
    small = page.copy()
    small.thumbnail((1200, 1200), Image.Resampling.LANCZOS)
    kept = imprint(np.asarray(small))
    return kept.marks, kept.copy


def page(by: int) -> Image.Image:
    return photographed(filled(FORM, by), Random(f"taken {by}"))


def codes(pages: Sequence[Stored]) -> list[Codes]:
    return [all_pages.codes(marks) for marks, _ in pages]


def found(new: Sequence[Stored], known: Sequence[Stored]) -> Iterator[Found]:
    """For each new page what it is laid on, and how far they agree."""
    kept = {(str(number), 0): one for number, one in enumerate(known)}
    likely = all_pages.likely(codes(new), codes(known))
    for one, candidates in zip(new, likely, strict=True):
        asked = [((str(candidate.page), 0), candidate.quarters) for candidate in candidates]
        yield [(int(place), number) for (place, _), number in all_pages.agreeing(one, asked, kept)]


@pytest.fixture(scope="module")
def form_pages() -> list[Stored]:
    return [stored(page(by)) for by in range(PAGES)]


def recall_and_false_alarms(known: Sequence[Stored], sent_again: int) -> tuple[dict[str, float], Found]:
    """The share of copies found, by change; and what was found that is no copy."""
    recall, wrong = dict[str, float](), Found()
    for name, change in CHANGES.items():
        new = [stored(change(page(by), Random(f"{name} {by}"))) for by in range(sent_again)]
        told = [[one for one in own if one[1] >= SAME] for own in found(new, known)]
        recall[name] = sum(by in dict(own) for by, own in enumerate(told)) / sent_again
        wrong += [one for by, own in enumerate(told) for one in own if one[0] != by]
    return recall, wrong


def test_a_changed_page_is_found_among_pages_of_the_same_form(form_pages: list[Stored]) -> None:
    recall, wrong = recall_and_false_alarms(form_pages, SENT_AGAIN)
    assert recall == dict.fromkeys(CHANGES, 1.0)
    assert wrong == []


def test_other_pages_of_a_form_are_laid_on_each_other_and_differ(form_pages: list[Stored]) -> None:
    kept = [Kept.load(*one) for one in form_pages[:8]]
    laid = [agreement(one, other, 0) for one, other in combinations(kept, 2)]
    agreements = [number for number in laid if number is not None]
    assert agreements
    assert max(agreements) < SAME - 30


@pytest.mark.long
def test_none_among_two_thousand_pages_of_one_form_and_every_copy_of_sixty() -> None:
    known = [stored(page(by)) for by in range(MANY)]
    recall, wrong = recall_and_false_alarms(known, MANY_SENT_AGAIN)
    among = [
        one for by, own in enumerate(found(known, known)) for one in own if one[0] != by and one[1] >= SAME
    ]
    print(recall, wrong, among)
    assert min(recall.values()) >= 0.95
    assert wrong == among == []


@pytest.mark.parametrize("form", [pytest.param(form, marks=pytest.mark.long) for form in range(2, 14)] + [1])
@pytest.mark.parametrize("differing", [1, 2])
def test_one_word_that_is_another_is_enough(form: int, differing: int) -> None:
    one, other = (stored(photographed(filled(form, by, differing), Random(f"{form} {by}"))) for by in (1, 2))
    (own,) = found([one], [other])
    assert all(number < SAME for _, number in own)


def test_marks_are_kept_in_ten_bytes_each_and_a_copy_in_a_bounded_number() -> None:
    noise = Image.effect_noise((1200, 900), 120)
    for picture in (page(1), noise):
        marks, copy = map(b64decode, stored(picture))
        assert len(copy) <= MOST_BYTES
        assert len(marks) == 10 * len(Marks.load(marks)) <= 3200
        assert Marks.load(marks).dump() == marks


def test_a_page_on_its_side_has_the_marks_of_the_turned_page() -> None:
    picture = page(2).resize((LONG_SIDE, LONG_SIDE))  # what is sampled lies on the same pixels, turned or not
    upright, lying = Marks.of(picture), Marks.of(picture.transpose(Image.Transpose.ROTATE_270))
    same = np.isin(turned(upright.codes), lying.codes)
    assert same.mean() > 0.9
    assert (turned(turned(turned(turned(upright.codes)))) == upright.codes).all()


NOTHING = {
    "white": Image.new("L", (1200, 1600), 255),
    "black": Image.new("L", (1200, 1600), 0),
    "a line": Image.new("L", (1200, 1), 255),
    "a column": Image.new("L", (1, 1200), 255),
    "a dot": Image.new("L", (1, 1), 128),
    "a strip": Image.new("L", (1200, 50), 200),
    "a small picture": Image.new("L", (48, 48), 200),
    "a slope": Image.linear_gradient("L").resize((900, 1200)),
    "half and half": Image.fromarray(np.where(np.mgrid[:1200, :900][0] < 600, 0, 255).astype(np.uint8)),
}


@pytest.mark.parametrize("picture", NOTHING.values(), ids=NOTHING)
def test_what_shows_nothing_is_the_same_as_nothing(picture: Image.Image) -> None:
    one = stored(picture)
    others = [stored(other) for other in NOTHING.values()]
    assert list(found([one], [*others, stored(page(1))])) == [[]]


def test_unfilled_forms_are_the_same_page() -> None:
    """What is not filled in cannot be told from its copy: a person sees that nothing is written on it."""
    blank, _ = blank_form(FORM)
    one, other = (stored(photographed(blank, Random(seed))) for seed in (1, 2))
    ((_, number),) = next(found([one], [other]))
    assert number >= SAME


def test_pages_that_nobody_else_sent_are_not_looked_at_again() -> None:
    """Pages of many forms: hardly any is laid on another."""
    pages = [stored(photographed(filled(form, 1), Random(form))) for form in range(20, 28)]
    asked = list(all_pages.likely(codes(pages), codes(pages)))
    assert all(own[0].page == number for number, own in enumerate(asked))
    assert all(earlier.page != later.page for own in asked for earlier, later in pairwise(own))
