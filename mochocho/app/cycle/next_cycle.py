"""Begins the next cycle: settings, criteria, officers and last year's results go into a home of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select

from mochocho.app.backup.portable_rows import continue_counting
from mochocho.app.cycle import close_cycle, next_settings
from mochocho.app.migrations.migrate import upgrade
from mochocho.app.pack_files import save
from mochocho.settings.config import FILE_NAME, load_settings
from mochocho.standards.schema import Pack
from mochocho.storage.db import reading, transaction
from mochocho.storage.files import private_dir
from mochocho.storage.home import Home, open_home
from mochocho.words.errors import Terminal
from mochocho.words.model import Application, FormerResult, Identity
from processing.assessment.cases import opened
from processing.chunks import batched
from processing.decisions import recorded
from processing.decisions.decision import Kind
from processing.likeness import former_results
from processing.register import stored
from processing.tables import ApplicantRow, IdentityRow
from sync.tables import Officer

CHUNK = 500  # applicants asked for at once
Result = tuple[FormerResult, Application, Identity]


@dataclass(frozen=True, slots=True)
class Begun:
    """What a next cycle takes over. `settings`: its file."""

    settings: Path
    pack: Path
    fiscal_year_be: int
    officers: int
    results: int


def plan(home: Home, folder: Path) -> Begun:
    """What `begin` would do; changes nothing. Raises Terminal where it could not."""
    target = folder / FILE_NAME
    if target.exists():
        raise Terminal(
            f"มี {target} อยู่แล้ว จึงไม่เขียนทับ ให้ระบุโฟลเดอร์อื่น",
            f"{target} is already there and stays as it is; name another folder",
        )
    close_cycle.refuse_unfinished(home)
    year = home.pack.fiscal_year_be + 1
    with reading(home.engine) as session:
        officers = session.scalar(
            select(func.count()).select_from(Officer).where(Officer.revoked_at.is_(None))
        )
        results = session.scalar(
            select(func.count()).select_from(ApplicantRow).where(ApplicantRow.assessment_id.is_not(None))
        )
    pack = folder / next_settings.PACK.format(year=year)
    return Begun(target, pack, year, officers or 0, results or 0)


def begin(home: Home, settings: Path, folder: Path, by: str, database_url: str = "") -> Begun:
    """Make the home of the next cycle in `folder`, then close this one; `settings`: this one's file.

    Everything is made before this cycle is closed, so that a failure leaves it open.
    """
    planned = plan(home, folder)
    if bool(home.settings.database_url.get_secret_value()) and not database_url:
        raise Terminal(
            "รอบนี้ใช้ PostgreSQL ให้สร้างฐานข้อมูลว่างสำหรับรอบใหม่ แล้วระบุด้วย --database-url",
            "this cycle is on PostgreSQL: give an empty database for the next one with --database-url",
        )
    private_dir(folder)
    save(_next_pack(home.pack, planned.fiscal_year_be), planned.pack)
    text = settings.read_text("utf-8") if settings.is_file() else ""
    text = next_settings.text_of_next(text, home.settings, planned.pack.name, database_url)
    next_settings.write_next(folder, text, home.settings)
    new = open_home(load_settings(planned.settings))
    try:
        upgrade(new.engine)
        officers = _carry_officers(home, new)
        results = take_results(home, new)
    finally:
        new.engine.dispose()
    close_cycle.close(home, by, planned.settings.resolve().as_posix())
    return Begun(planned.settings, planned.pack, planned.fiscal_year_be, officers, results)


def take_results(old: Home, new: Home) -> int:
    """Keep in `new` what the applicants of `old` came to, in place of any kept before. Returns how many."""
    if new.pack.fiscal_year_be <= old.pack.fiscal_year_be or new.province.code != old.province.code:
        raise Terminal(
            f"รอบปี {old.pack.fiscal_year_be} ไม่ใช่รอบก่อนของปี {new.pack.fiscal_year_be} ในจังหวัดเดียวกัน",
            f"{old.pack.fiscal_year_be} is no cycle before {new.pack.fiscal_year_be} of the same province",
        )
    with transaction(new.engine) as session:
        return former_results.replace_all(session, _results(old))


def _results(home: Home) -> Iterator[Result]:
    """What everybody came to, but those that withdrew or were merged into another."""
    with reading(home.engine) as session:
        ids = dict(session.execute(select(IdentityRow.key, IdentityRow.national_id)).all())
        out = {
            one.applicant_key
            for chunk in batched(stored.keys(session), CHUNK)
            for one in recorded.holding(session, (Kind.WITHDRAW, Kind.MERGE), chunk)
        }
    with opened(home) as casebook:
        for case in casebook.each():
            application, scores = case.application, case.assessment.scores
            if application.key in out:
                continue
            result = FormerResult(
                application.key,
                home.pack.fiscal_year_be,
                application.type,
                application.name,
                scores.percent if scores else None,
                case.assessment.resolutions,
            )
            yield result, application, Identity(application.key, ids.get(application.key, ""))


def _next_pack(pack: Pack, year: int) -> Pack:
    """The same criteria for the next year, until the office changes them."""
    stem = pack.id.replace(str(pack.fiscal_year_be), str(year))
    return pack.model_copy(
        update={"id": stem if stem != pack.id else f"{pack.id}-{year}", "fiscal_year_be": year}
    )


def _carry_officers(old: Home, new: Home) -> int:
    """The officers with their tokens: their phones go on. Returns how many."""
    with reading(old.engine) as session:
        columns = Officer.__table__.columns
        rows: list[dict[str, Any]] = [
            dict(row)
            for row in session.execute(select(*columns).where(Officer.revoked_at.is_(None))).mappings()
        ]
    with transaction(new.engine) as session:
        if session.scalar(select(func.count()).select_from(Officer)):
            raise Terminal(
                "ฐานข้อมูลของรอบใหม่มีข้อมูลอยู่แล้ว ให้ใช้ฐานข้อมูลว่าง",
                "the next cycle's database holds something already; give an empty one",
            )
        if rows:
            session.execute(insert(Officer), rows)
            continue_counting(session.connection())
    return len(rows)
