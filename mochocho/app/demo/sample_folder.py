"""The folder of the sample: made anew each time, and never any other folder."""

import shutil
import tomllib
from datetime import date
from pathlib import Path

from pydantic import SecretStr

from mochocho.app.demo.instances import DAYS_BEFORE_DUE, SELF_BEFORE_DUE
from mochocho.app.demo.sample_province import Plan
from mochocho.app.migrations.migrate import upgrade
from mochocho.settings.config import FILE_NAME, Endpoint, Papers, Settings
from mochocho.standards.load import RELEASED
from mochocho.storage.files import private_dir, write_file
from mochocho.storage.home import Home, open_home
from mochocho.words.errors import Terminal, reason

MARKER = ".mochocho-demo"

# What source 004 says about its meeting and committees (rules.md 43-45); no source says a day of a round.
_SETTINGS = """\
# จังหวัดตัวอย่าง สร้างโดย `mochocho demo` · the sample province, made by `mochocho demo`
home = "home"
province = "{province}"
pack = "{pack}"
presentation_order = [{order}]

[meeting]
number = "1/2568"
date = 2025-05-01
starts = "09:00"
ends = "14:30"
place = "ห้องประชุมพวงแสด ชั้น ๓"
minutes_per_district = 15

[calendar]
application = {{ due = 2025-01-31 }}
onsite = {{ due = 2025-04-15 }}
extensions = [
{extensions}
]

[committees]
provincial_order = {{ number = "6459/2567", date = 2024-11-18 }}
district_order = {{ number = "6458/2567", date = 2024-11-18 }}
"""

_EXTENSION = '  {{ district = "{district}", stage = "{stage}", due = {due}, reason = "{reason}" }},'
_PILOT = "อำเภอนำร่องของการประเมินตนเองก่อนพัฒนา"
_MORE_TIME_DUE, _MORE_TIME = date(2025, 4, 30), "ใบสมัครที่ส่งช้าเพิ่งมาถึง"
_SAMPLE, _OWN_PACK = "2568-sample", "criteria.yaml"
_RECONCILING = """
# กรรมการหลายคนให้คะแนนต่างกันเกินร้อยละนี้ของคะแนนเต็ม ต้องประมวลก่อนจึงมีผล
reconciling:
  rule: mean
  above: {above}
  source: none
  confidence: reconstructed
"""


def fresh_home(folder: Path, plan: Plan) -> Home:
    """An empty home in `folder`, after deleting what an earlier sample left there.

    Raises Terminal when the folder holds anything else; then nothing is deleted.
    """
    _clear(folder)
    private_dir(folder)
    write_file(folder / MARKER, b"made by `mochocho demo`; may be deleted\n")
    pack = _SAMPLE
    if plan.above is not None:
        pack = _OWN_PACK
        write_file(folder / pack, _with_threshold(plan.above).encode())
    order = ", ".join(f'"{d}"' for d in plan.districts)
    text = _SETTINGS.format(province=plan.province, order=order, pack=pack, extensions=_extensions(plan))
    write_file(folder / FILE_NAME, text.encode())
    home = open_home(_settings(folder, text))
    upgrade(home.engine)
    return home


def opened_again(folder: Path) -> Home:
    """The home that a sample has left in `folder`."""
    return open_home(_settings(folder, (folder / FILE_NAME).read_text("utf-8")))


def _extensions(plan: Plan) -> str:
    """Days that districts have of their own: to assess themselves, and for what the late post brings."""
    assessing = {one.district for one in plan.units if one.course in DAYS_BEFORE_DUE}
    own = [(district, "self_before", SELF_BEFORE_DUE, _PILOT) for district in sorted(assessing)]
    own.append((plan.districts[0], "onsite", _MORE_TIME_DUE, _MORE_TIME))
    return "\n".join(
        _EXTENSION.format(district=district, stage=stage, due=due, reason=reason)
        for district, stage, due, reason in own
    )


def _with_threshold(above: int) -> str:
    """The released sample as a province's own file: its name, and how far apart assessors may be."""
    released = (RELEASED / f"{_SAMPLE}.yaml").read_text("utf-8")
    return released.replace(f"\nid: {_SAMPLE}\n", "\nid: 2568-demo\n") + _RECONCILING.format(above=above)


def _clear(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise Terminal(
            f"{folder} ไม่ใช่โฟลเดอร์ ให้ลบออก หรือสั่งในโฟลเดอร์อื่น",
            f"{folder} is not a folder of its own; remove it, or run the demo elsewhere",
        )
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not (folder / MARKER).is_file():
        raise Terminal(
            f"{folder} ไม่ได้สร้างโดย `mochocho demo` ให้ย้ายออกไป หรือสั่งในโฟลเดอร์อื่น",
            f"{folder} was not made by `mochocho demo`; move it away, or run the demo elsewhere",
        )
    try:
        for child in folder.iterdir():  # the marker is deleted last
            if child.name == MARKER:
                continue
            if child.is_dir() and not child.is_symlink():
                shutil.rmtree(child)
            else:
                child.unlink()
    except OSError as error:
        why = reason(error)
        raise Terminal(
            f"ลบ {error.filename} ไม่ได้ ({why.th}) ให้ปิดโปรแกรมที่เปิดไฟล์นี้อยู่ แล้วสั่งอีกครั้ง",
            f"{error.filename}: {why.en}; is another demo or a viewer using it?",
        ) from error


def _settings(folder: Path, text: str) -> Settings:
    """Every setting is given here: a sample must never reach the database that the environment names."""
    values = tomllib.loads(text)
    return Settings(
        **{
            **values,
            "home": folder.absolute() / values["home"],
            "pack": str(folder.absolute() / _OWN_PACK) if values["pack"] == _OWN_PACK else values["pack"],
            "database_url": SecretStr(""),
            "endpoint": Endpoint(),
            "folders": (),
            "papers": Papers(),
        }
    )
