"""ภาพรวม and ผู้สมัคร through the door: what each role sees, where every number leads, how many queries."""

import io
import re
import shutil
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pikepdf
import pytest
from PIL import Image

from mochocho.app import access_chain
from mochocho.storage.home import Home
from tests import databases
from tests.integration.province_mirror import ENTITY
from tests.portal import many_applicants
from tests.portal.conftest import HERE, NATIONAL_ID, PHONE, THERE, Client, Clock, made_site, settle, signed_in
from tests.portal.test_standings import counted

MASKED = "x-xxxx-xxxxx-00-9"
NAME = "กลุ่มทอผ้าตัวอย่าง"


def _links(page: str) -> list[str]:
    return [unescape(link) for link in re.findall(r'href="([^"]+)"', page)]


def _figures(page: str) -> set[str]:
    asked = (parse_qs(urlsplit(link).query).get("figure", [""])[0] for link in _links(page))
    return {figure for figure in asked if figure}


def test_the_overview_counts_the_whole_province(client: Client, settled: Home) -> None:
    page = client("province").get("/").text
    assert all(district.name_th in page for district in settled.province.districts)
    assert f'href="/applicants?district={HERE}"' in page
    assert "รอมติคณะกรรมการอำเภอ" in page
    assert "ความก้าวหน้าทั้งปี" in page
    assert page.count("<svg viewBox") == 9  # eight gates and the months below them


def test_a_district_sees_its_own_figures_alone(client: Client, settled: Home) -> None:
    page = client("district").get("/").text
    assert f"district={HERE}" in page
    assert f"district={THERE}" not in page
    other = settled.province.district(THERE)
    assert other is not None
    assert other.name_th not in page
    assert "รอมติคณะกรรมการจังหวัด" not in page


def test_who_may_see_no_applicants_is_shown_no_way_to_them(client: Client) -> None:
    for role in ("admin", "viewer"):
        browser = client(role)
        page = browser.get("/")
        assert page.status_code == 200
        assert not [link for link in _links(page.text) if link.startswith("/applicants")]


def test_every_link_of_the_overview_finds_as_many_as_it_says(client: Client) -> None:
    browser = client("province")
    page = browser.get("/").text
    told = re.findall(r'href="(/applicants\?[^"]+)" aria-label="[^"]*: (\d+) ราย"', page)
    assert len(told) >= 6
    for link, number in told:
        assert f"พบ {number} ราย" in browser.get(unescape(link)).text, link


def test_the_list_is_searched_within_the_scope(client: Client) -> None:
    everybody, here = client("province"), client("district")
    found = everybody.get(f"/applicants?q={quote(NAME)}").text
    assert "พบ 7 ราย" in found
    assert "พบ 5 ราย" in here.get(f"/applicants?q={quote(NAME)}").text
    assert "ไม่พบผู้สมัคร" in here.get(f"/applicants?q={quote(NAME)}&district={THERE}").text
    assert "ไม่พบผู้สมัคร" in here.get(f"/applicants?q={ENTITY.format(5)}").text


@pytest.mark.parametrize("typed", [ENTITY.format(2), f" uuid:{ENTITY.format(2)}", ENTITY.format(2).upper()])
def test_what_a_paper_s_code_says_opens_the_applicant(client: Client, typed: str) -> None:
    answer = client("district").get("/applicants", query_string={"q": typed})
    assert (answer.status_code, answer.location) == (303, f"/applicants/{ENTITY.format(2)}")


@pytest.mark.parametrize(
    "query", ["page=0", "page=9999999999999", "page=x", "gate=g99", "type=x", "waits=x", "district=%00"]
)
def test_an_address_that_says_nonsense_is_answered(client: Client, query: str) -> None:
    assert client("province").get(f"/applicants?{query}").status_code == 200


def test_every_number_leads_to_what_it_follows_from(client: Client) -> None:
    browser = client("province")
    path = f"/applicants/{ENTITY.format(1)}"
    page = browser.get(path).text
    figures = _figures(page)
    assert {"total", "pass", "g1", "g8"} <= figures
    indicators = sorted(one for one in figures if one.startswith("total/"))
    assert len(indicators) > 10
    for figure in sorted(figures - {*indicators[3:]}):
        whole = browser.get(path, query_string={"figure": figure})
        part = browser.get(path, query_string={"figure": figure}, headers={"X-Fragment": "why"})
        assert whole.status_code == part.status_code == 200, figure
        assert "ที่มาของตัวเลข" in part.text, figure
        assert len(part.data) < 20_000, figure
        assert "<header" not in part.text
    told = browser.get(path, query_string={"figure": indicators[0]}).text
    assert all(word in told for word in ("กติกา:", "นายตรวจ ตัวอย่าง ตอบ", "แบบตรวจประเมินภาคสนาม", "sha256"))
    assert browser.get(path, query_string={"figure": "nothing/of/this"}).status_code == 404


def test_every_score_by_unofficial_criteria_says_so(client: Client) -> None:
    page = client("province").get(f"/applicants/{ENTITY.format(1)}").text
    totals = re.findall(r'<a class="why big".*?</p>', page, re.DOTALL)
    assert totals
    assert all("เกณฑ์ตัวอย่าง" in one for one in totals)


def test_an_identity_is_masked_and_a_telephone_is_not_there(client: Client) -> None:
    browser = client("province")
    page = browser.get(f"/applicants/{ENTITY.format(7)}").text
    assert MASKED in page
    for path in ("/", "/applicants", f"/applicants/{ENTITY.format(7)}?figure=g2"):
        answer = browser.get(path).text
        assert NATIONAL_ID not in answer
        assert PHONE not in answer


def test_a_photo_is_drawn_anew_and_the_opening_is_logged_first(client: Client, settled: Home) -> None:
    browser = client("district")
    links = [
        one for one in _links(browser.get(f"/applicants/{ENTITY.format(1)}").text) if "/evidence/" in one
    ]
    assert links
    before = len(access_chain.last(settled, 1000))
    answer = browser.get(links[0])
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    sha256 = links[0].rpartition("/")[2]
    assert answer.data.startswith(b"\xff\xd8")
    assert answer.data != settled.store.read(sha256)  # not the bytes that somebody sent
    (row, *older) = access_chain.last(settled, 1000)
    assert (row.what, row.about, len(older)) == ("page_image", sha256, before)
    foreign = client("province").get(f"/applicants/{ENTITY.format(5)}").text
    other = next(one for one in _links(foreign) if "/evidence/" in one)
    assert browser.get(other).status_code == 404


PLACE = b"20.0515N"
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + PLACE


def _photographed_pdf() -> bytes:
    """A page with a photograph that tells where it was taken, in a PDF that tells who made it."""
    exif, photo, out = Image.Exif(), io.BytesIO(), io.BytesIO()
    exif[0x010E] = PLACE.decode()
    Image.new("RGB", (90, 60), "green").save(photo, "JPEG", exif=exif, comment=PLACE)
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(300, 200))
        picture = pdf.make_stream(photo.getvalue() + PLACE)
        picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        picture.Width, picture.Height, picture.BitsPerComponent = 90, 60, 8
        picture.ColorSpace, picture.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Photo=picture))
        page.Contents = pdf.make_stream(b"300 0 0 200 0 0 cm /Photo Do")
        pdf.docinfo["/Author"] = PLACE.decode()
        with pdf.open_metadata() as metadata:
            metadata["dc:title"] = PLACE.decode()
        pdf.save(out)
    return out.getvalue()


def test_a_pdf_is_saved_without_its_places_and_what_is_neither_stays(client: Client, settled: Home) -> None:
    links = _links(client("district").get(f"/applicants/{ENTITY.format(1)}").text)
    sha256 = next(one for one in links if "/evidence/" in one).rpartition("/")[2]
    stored = settled.store.path(sha256)
    kept = stored.read_bytes()
    stored.write_bytes(_photographed_pdf())
    shutil.rmtree(
        settled.settings.cache_dir, ignore_errors=True
    )  # pictures of stored bytes, which never change
    try:
        answer = client("district").get(f"/evidence/{sha256}")
        assert answer.mimetype == "application/octet-stream"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        with pikepdf.open(io.BytesIO(answer.data)) as pdf:
            picture = pdf.pages[0].resources.XObject.Photo
            assert b"Exif" not in picture.read_raw_bytes()
            assert pikepdf.PdfImage(picture).as_pil_image().size == (90, 60)
            assert "/Info" not in pdf.trailer
            assert "/Metadata" not in pdf.Root
        assert PLACE not in answer.data
        for other in (b"<script>alert(1)</script>", HEIC):
            stored.write_bytes(other)
            refused = client("district").get(f"/evidence/{sha256}")
            assert refused.status_code == 404
            assert "ไม่ส่งออก" in refused.text
    finally:
        stored.write_bytes(kept)
        shutil.rmtree(settled.settings.cache_dir, ignore_errors=True)


def test_an_assessor_is_not_told_what_the_others_answered(client: Client) -> None:
    browser, path = client("assessor"), f"/applicants/{ENTITY.format(1)}"
    page = browser.get(path)
    assert page.status_code == 200
    assert "กรรมการอำเภอ" not in page.text
    assert not [one for one in _figures(page.text) if one.startswith(("total", "pass", "provincial"))]
    for figure in ("total", "pass", "findings", "decisions", "total/G1.1.1"):
        assert browser.get(path, query_string={"figure": figure}).status_code == 404, figure


def test_as_many_queries_for_a_thousand_as_for_ten(
    tmp_path: Path, sqlite_template: Path, clock: Clock
) -> None:
    with databases.home_on_sqlite(tmp_path / "home", sqlite_template) as home:
        settle(home)
        browser = signed_in(made_site(home, clock), "province")
        key = ENTITY.format(1)
        paths = (
            "/",
            "/applicants",
            "/applicants?gate=g3&type=group",
            f"/applicants?q={quote('หนองบัว')}",
            f"/applicants?q={quote('กลุ่มตัวอยางบานหนองปัว')}",
            f"/applicants/{key}",
            f"/applicants/{key}?figure=total",
        )
        sent = []
        for many, after in ((6, 0), (990, 6)):
            many_applicants.add(home, many, after=after)
            numbers = {}
            for path in paths:
                browser.get(path)  # whatever is read once
                with counted(home.engine) as statements:
                    assert browser.get(path).status_code == 200
                numbers[path] = len(statements)
            sent.append(numbers)
        assert sent[0] == sent[1]
        assert max(sent[0].values()) < 60
