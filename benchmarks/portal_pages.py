"""The server's time for each page of the portal at many applicants, beside a bare one.

python -m benchmarks.portal_pages [--applicants 10000] [--folder DIR] [--runs 40]

Rows are put into a home as the stages write them. Each page is asked for in turn with one of the same bytes
that takes no work, through the whole site: session, scope, queries, template. One line per page: the 95th
percentile of both in milliseconds of the clock, their ratio, how many queries were sent, and the size.
`--folder` keeps the home and uses it again.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import quote

from flask import Response

from mochocho.app.migrations.migrate import upgrade
from mochocho.app.portal.access import accounts
from mochocho.app.portal.access.roles import Role
from mochocho.app.portal.access.signed_in import open_to_all
from mochocho.settings.config import Settings
from mochocho.storage.home import Home, open_home
from mochocho.words.model import Gate, Outcome
from processing.decisions.decision import Decision, Kind, Resolved
from processing.decisions.recorder import record_decisions
from processing.register import register_forms
from sync import officers
from tests.integration import province_mirror as mirror
from tests.portal import many_applicants
from tests.portal.conftest import PASSWORD, made_site, signed_in
from tests.portal.test_standings import counted

KEY = many_applicants.KEY.format(777)
PAGES = (
    "/",
    "/applicants",
    "/applicants?page=100",
    "/applicants?gate=g3&type=group",
    "/applicants?waits=district",
    f"/applicants?q={quote('หนองบัว')}",
    f"/applicants?q={quote('กลุ่มตัวอยางบานหนองปัวว')}",
    f"/applicants?q={quote('สมชาด ใจดีที่77')}",
    f"/applicants/{KEY}",
    f"/applicants/{KEY}?figure=total",
    "/documents",
    "/scores",
    f"/scores/{KEY}",
    "/resolutions/district",
    "/resolutions/province",
    "/resolutions/district/5701",
    "/resolutions/province/5701",
    "/arrivals",
    "/officers",
    "/packets",
    "/map/5701",
)
OF_ADMIN = (
    "/history",
    f"/history?q={quote('มติ')}",
    f"/history?q={KEY}",
    "/history?of=access",
)
RESOLVED, TYPED = 3000, 12  # resolutions recorded; forms whose applicant was typed


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--applicants", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, help="keep what was made there")
    parser.add_argument("--runs", type=int, default=40)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        home = prepared(chosen.folder or Path(temporary) / "home", chosen.applicants)
        for role, pages in ((Role.PROVINCE, PAGES), (Role.ADMIN, OF_ADMIN)):
            for page in pages:
                print(measured(home, role, page, chosen.runs), flush=True)
        home.engine.dispose()


def prepared(folder: Path, applicants: int) -> Home:
    """A home with so many applicants and an account that sees all of them."""
    home = open_home(Settings(home=folder))
    upgrade(home.engine)
    if not accounts.every(home):
        many_applicants.settle(home)
        typed_names(home)
        many_applicants.add(home, applicants - 4)
        resolve(home, applicants - 4)
        for role in (Role.PROVINCE, Role.ADMIN):
            given = accounts.add(home, role.value, "นางจังหวัด ตัวอย่าง", role, ())
            account = next(one for one in accounts.every(home) if one.login == role.value)
            accounts.change_password(home, account, given, PASSWORD)
    return home


def typed_names(home: Home) -> None:
    """Forms whose applicant was typed: before rows are added, which registering takes for withdrawn."""
    for number in range(TYPED):
        typed = {"typed_name": f"กลุ่มตัวอยางบานหนองปัว {number}", "typed_type": "group"}
        where = home.province.districts[number % len(home.province.districts)].code
        form = mirror.sheet(home, 1, applicant_key="", district=where, **typed)
        form.root_id = f"typed-{number}"
        mirror.send(home, form)
    register_forms.run(home)


def resolve(home: Home, applicants: int) -> None:
    """Resolutions of district committees, and an officer a district."""
    said = Resolved(Outcome.PASS, "คณะกรรมการอำเภอ", "1/2568", date(2025, 4, 10))
    like = Decision(Kind.RESOLUTION, "", Gate.DISTRICT.value, said, recorded_by="นางบันทึก ตัวอย่าง")
    keys = [many_applicants.KEY.format(number) for number in range(1, min(RESOLVED, applicants) + 1)]
    record_decisions(home, [replace(like, applicant_key=key) for key in keys])
    for district in home.province.districts:
        officers.add(home, f"นายสนาม {district.name_th}", [district.code])


def measured(home: Home, role: Role, page: str, runs: int) -> str:
    """One line about one page."""
    site = made_site(home, lambda: datetime.now(UTC))
    bytes_of: list[bytes] = [b""]
    bare = open_to_all(lambda: Response(bytes_of[0], mimetype="text/html"))
    site.add_url_rule("/bare", "bare", bare)
    browser = signed_in(site, role.value)
    answer = browser.get(page)
    assert answer.status_code == 200, (page, answer.status_code)
    bytes_of[0] = answer.data
    with counted(home.engine) as sent:
        browser.get(page)
    spent: dict[str, list[float]] = {page: [], "/bare": []}
    for _ in range(runs):
        for path, times in spent.items():
            times.append(seconds(lambda path=path: browser.get(path).data))  # type: ignore[misc] # the default
    ours, least = (p95(times) * 1000 for times in spent.values())
    spent_on = f"{ours:7.1f} ms {least:6.1f} ms {ours / least:6.1f}"
    return f"{spent_on}  {len(sent):3} queries {len(bytes_of[0]) / 1000:6.1f} kB  {page[:60]}"


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95) - 1]


if __name__ == "__main__":
    main()
