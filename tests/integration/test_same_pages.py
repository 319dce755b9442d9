"""One page sent twice, changed: both applicants' documents ask a person, and name the other place."""

import hashlib
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PIL import Image

from mochocho.storage.home import Home
from mochocho.words.model import ApplicantType, Case, DocumentState
from processing.assessment import assess, cases
from processing.decoding.keeper import Decoders, Measured
from processing.findings import saying
from processing.register import register_forms
from processing.same_pages import all_pages
from tests.integration import province_mirror as mirror
from tests.unit.processing.same_pages import changed_pages
from tests.unit.processing.same_pages.printed_forms import filled, photographed

PAGE = photographed(filled(1, 1), Random(1))


def jpeg(page: Image.Image, **options: object) -> bytes:
    out = io.BytesIO()
    page.convert("RGB").save(out, "JPEG", quality=85, **options)
    return out.getvalue()


def again(page: Image.Image = PAGE) -> bytes:
    return jpeg(changed_pages.photographed_small_and_recompressed(page, Random(2)))


def names(form: mirror.Form) -> list[str]:
    """The files of its documents, in their order."""
    return [name for name, content in form.files.items() if content]


def told(home: Home) -> dict[str, list[str]]:
    """Root id -> what is said of pages that are somewhere else too."""
    register_forms.run(home)
    assert assess.do(home, assess.due(home)).failed == {}
    assert assess.due(home) == []
    return {
        case.application.root_id: [
            saying.said(f) for f in case.assessment.findings if f.code == "document.same_page"
        ]
        for case in cases.cases(home)
    }


def case_of(home: Home, root_id: str) -> Case:
    return next(case for case in cases.cases(home) if case.application.root_id == root_id)


def test_another_applicants_page_is_asked_about_on_both_sides_whoever_came_first(any_home: Home) -> None:
    first, second, third = (mirror.application(any_home, number) for number in (1, 2, 3))
    first.files[names(first)[0]] = jpeg(PAGE)
    mirror.send(any_home, first, third)
    assert told(any_home) == {"app-1": [], "app-3": []}
    second.files[names(second)[1]] = again()
    mirror.send(any_home, second)
    found = told(any_home)
    (of_first,), (of_second,) = found["app-1"], found["app-2"]
    assert found["app-3"] == []
    documents = [document.th for document in any_home.pack.standard(ApplicantType.GROUP).documents]
    assert of_first.startswith(documents[0])
    assert f"น่าจะเป็นแผ่นเดียวกับ{documents[1]} ในใบสมัครของ กลุ่มทอผ้าตัวอย่าง ๒" in of_first
    assert of_second.startswith(documents[1])
    assert f"น่าจะเป็นแผ่นเดียวกับ{documents[0]} ในใบสมัครของ กลุ่มทอผ้าตัวอย่าง ๑" in of_second
    assert "เกณฑ์ตั้งแต่ร้อยละ ๘๕" in of_first
    states = {verdict.document: verdict.state for verdict in case_of(any_home, "app-2").assessment.verdicts}
    assert list(states.values())[:2] == [DocumentState.ACCEPTED, DocumentState.SUSPICIOUS]


@pytest.mark.parametrize("exactly", [True, False])
def test_one_page_for_two_documents_of_an_applicant_is_asked_about(home: Home, exactly: bool) -> None:
    form = mirror.application(home, 1)
    one, other, *_ = names(form)
    form.files |= {one: jpeg(PAGE), other: jpeg(PAGE) if exactly else again()}
    mirror.send(home, form)
    said = told(home)["app-1"]
    assert len(said) == 2
    assert all("ของผู้สมัครรายเดียวกัน" in sentence for sentence in said)


def test_the_same_document_sent_again_is_no_question(home: Home) -> None:
    form = mirror.application(home, 1)
    form.files[names(form)[0]] = jpeg(PAGE)
    mirror.send(home, form)
    told(home)
    form.files[names(form)[0]] = again()
    mirror.send(home, form)
    assert told(home) == {"app-1": []}


def test_the_card_of_one_person_who_applies_twice_is_asked_about_by_its_number_alone(home: Home) -> None:
    number = "1000000000009"
    forms = [
        mirror.application(
            home, n, ApplicantType.LEADER, applicant_name=f"นายคนเดียว กัน {n}", national_id=number
        )
        for n in (1, 2)
    ]
    for form, page in zip(forms, (jpeg(PAGE), again()), strict=True):
        form.files[names(form)[-1]] = page
    mirror.send(home, *forms)
    assert told(home) == {"app-1": [], "app-2": []}
    assert "applicant.duplicate_national_id" in {f.code for f in case_of(home, "app-1").assessment.findings}


def test_a_file_that_says_other_things_about_the_same_picture_is_the_same_page(home: Home) -> None:
    forms = [mirror.application(home, n) for n in (1, 2)]
    exif = Image.Exif()
    exif[0x010E] = "another description"
    noise = Image.effect_noise((400, 500), 30)  # nothing is written on it: only its pixels can tell
    for form, content in zip(
        forms, (jpeg(noise), jpeg(noise, exif=exif, comment=b"later", progressive=True)), strict=True
    ):
        form.files[names(form)[0]] = content
    mirror.send(home, *forms)
    assert ["เหมือนกันร้อยละ ๑๐๐" in said for (said,) in told(home).values()] == [True, True]


def test_another_page_of_the_same_form_is_another_page(home: Home) -> None:
    forms = [mirror.application(home, n) for n in range(1, 5)]
    for number, form in enumerate(forms):
        form.files[names(form)[0]] = jpeg(photographed(filled(1, number), Random(number)))
    mirror.send(home, *forms)
    assert not any(told(home).values())


def test_only_what_is_new_is_opened_and_laid_on_others(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    opened, laid = list[str](), list[str]()
    measure, agreeing = Decoders.measure, all_pages.agreeing

    def measured(decoders: Decoders, files: Sequence[tuple[Path, str]]) -> list[Measured]:
        opened.extend(sha256 for _, sha256 in files)
        return measure(decoders, files)

    def compared(new: all_pages.Stored, *others: Any) -> Iterator[tuple[all_pages.Page, int]]:
        laid.append(new[0])
        return agreeing(new, *others)

    monkeypatch.setattr(Decoders, "measure", measured)
    monkeypatch.setattr(all_pages, "agreeing", compared)
    forms = [mirror.application(home, number) for number in (1, 2)]
    forms[0].files[names(forms[0])[0]] = jpeg(PAGE)
    mirror.send(home, *forms)
    told(home)
    assert len(opened) == len(set(opened))
    opened.clear()
    laid.clear()
    assert told(home) == {"app-1": [], "app-2": []}
    assert opened == laid == []
    forms[1].files[names(forms[1])[1]] = again()
    mirror.send(home, *forms)
    assert len(told(home)["app-2"]) == 1
    assert opened == [hashlib.sha256(again()).hexdigest()]
    assert len(laid) == 1
