"""The portal's guide has a section and a picture of each page of the menu, and words for each picture."""

import re
from collections.abc import Mapping

import pytest
from PIL import Image

from mochocho.app.portal.menu import PAGES
from tests.house.tree import ROOT, files_of_the_project

GUIDE = ROOT / "docs" / "portal.th.md"
IMAGES = ROOT / "docs" / "images"
MOST = 80_000  # bytes of a picture: a guide is read over a telephone too
SAYS = (
    "mochocho/app/portal/**/*.py",
    "mochocho/app/portal/**/*.html",
    "mochocho/app/portal/**/*.js",
    "mochocho/app/erasing/**/*.py",
    "mochocho/storage/settings_kept.py",
    "processing/meetings/files/file_words.py",
    "processing/meetings/passages.py",
    "processing/sittings/*.py",
    "processing/decisions/meetings/outcomes.py",
)
PICTURE = re.compile(r"!\[([^\]]*)\]\((images/[^)]+)\)")


def sections() -> Mapping[str, str]:
    """The text under each heading of the guide, up to the next."""
    parts = re.split(r"(?m)^#+ (.+)$", GUIDE.read_text("utf-8"))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("title", [page.title for page in PAGES if page.title])
def test_a_page_of_the_menu_has_its_section_and_picture(title: str) -> None:
    assert PICTURE.search(sections().get(title, "")), title


def test_whoever_cannot_see_a_picture_is_told_what_it_shows() -> None:
    pages = [path for path in files_of_the_project() if path.suffix == ".md"]
    shown = [(path.name, *found) for path in pages for found in PICTURE.findall(path.read_text("utf-8"))]
    assert [one for one in shown if len(one[1]) < 20] == []


def test_the_pictures_of_the_portal_are_all_used_and_small() -> None:
    used = {name for _, name in PICTURE.findall(GUIDE.read_text("utf-8"))}
    taken = sorted(IMAGES.glob("portal-*"))
    assert {f"images/{path.name}" for path in taken} == used
    assert {path.name: path.stat().st_size for path in taken if path.stat().st_size > MOST} == {}
    for path in taken:
        with Image.open(path) as picture:
            assert picture.width in (1366, 390), path.name


def test_what_the_guide_quotes_stands_on_a_page() -> None:
    paths = [path for pattern in SAYS for path in ROOT.glob(pattern)]
    said = re.sub(r"</?[a-z][^>]*>", "", "".join(path.read_text("utf-8") for path in paths))
    quoted = re.findall(r"“([^”]+)”|\*\*([^*]+)\*\*", GUIDE.read_text("utf-8"))
    words = [one for told, button in quoted for one in (told or button).split("…")]
    assert [one for one in words if one.strip() not in said] == []


def test_links_within_the_guide_lead_to_its_headings() -> None:
    headings = {re.sub(r"[():,]", "", name).strip().replace(" ", "-") for name in sections()}
    assert [
        one for one in re.findall(r"\]\(#([^)]+)\)", GUIDE.read_text("utf-8")) if one not in headings
    ] == []
