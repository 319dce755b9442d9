"""Erases a whole cycle when the time for which its data are kept is over."""

from datetime import date

from mochocho.app.erasing import cover_cycle, run_erasure
from mochocho.app.erasing.gone_files import NamingFiles
from mochocho.app.erasing.ledger_of_erasures import Plan, Receipt
from mochocho.app.erasing.run_erasure import Asked
from mochocho.app.pipeline.lock import conveyor_lock
from mochocho.storage.db import closed, reading
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from mochocho.words.sentences import Sentence
from mochocho.words.thai import be, date_words

_FIRST_OF_A_YEAR = (10, 1)  # a fiscal year begins in October of the year before


def kept_until(home: Home) -> date:
    """The first day on which the cycle's data may no longer be kept. Raises Terminal where nobody has set for
    how many years, and by which rule.
    """
    controller = home.settings.controller
    if controller.retention_years is None or not controller.retention_basis:
        raise Terminal(
            "ยังไม่ได้ตั้งว่าเก็บข้อมูลกี่ปีตามระเบียบใด ให้ตั้ง retention_years และ retention_basis ใน [controller]",
            "set retention_years and retention_basis in [controller]: how long data are kept, by which rule",
        )
    common = home.pack.fiscal_year_be - be(0)
    return date(common + controller.retention_years, *_FIRST_OF_A_YEAR)


def refuse_early(home: Home, year: int, day: date) -> None:
    """Raise Terminal where the home is of another year, its cycle is open, or the day has not come."""
    if year != home.pack.fiscal_year_be:
        raise Terminal(
            f"โฟลเดอร์งานนี้เป็นของปีงบประมาณ {home.pack.fiscal_year_be} ไม่ใช่ {year} ให้ระบุการตั้งค่าของรอบนั้น",
            f"this home is of the year {home.pack.fiscal_year_be}, not {year}; name that cycle's settings",
        )
    until = kept_until(home)
    if day < until:
        first = Sentence(date_words(until, thai_digits=False), str(until))
        basis = home.settings.controller.retention_basis
        raise Terminal(
            f"ยังไม่พ้นกำหนดเก็บ ลบได้ตั้งแต่วันที่ {first.th} ({basis})",
            f"the data are kept, and may be erased from {first.en} on ({basis})",
        )
    with reading(home.engine) as session:
        if closed(session.connection()) is None:
            raise Terminal(
                "รอบนี้ยังเปิดอยู่ ให้ปิดด้วย `mochocho cycle close` ก่อน แล้วจึงลบ",
                "this cycle is open: `mochocho cycle close` first",
            )


def foreseen(home: Home) -> Receipt:
    """What `erase` would do; changes nothing."""
    with reading(home.engine) as session:
        removed, counts, files = cover_cycle.foreseen(home, session)
        servers = cover_cycle.servers_of(session)
    return Receipt(
        0,
        str(home.pack.fiscal_year_be),
        removed=removed,
        files=files,
        others=_plan(home).files.others,
        servers=servers,
        counts=counts,
    )


def erase(home: Home, asked: Asked) -> Receipt:
    """Erase everybody of the cycle; a second time gives the receipt of the first."""
    about = str(home.pack.fiscal_year_be)
    with conveyor_lock(home):
        run_erasure.finish_unfinished(home)
        if before := run_erasure.done_before(home, about):
            return before
        return run_erasure.finish(home, run_erasure.begin(home, _plan(home), asked, about))


def _plan(home: Home) -> Plan:
    top = home.settings.home
    received = [path for path in home.settings.spool_dir.rglob("*") if path.is_file()]
    return Plan(None, NamingFiles(ours=tuple(sorted(path.relative_to(top).as_posix() for path in received))))
