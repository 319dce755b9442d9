"""Nakhon Sawan's fifteen districts by the dates of source 001 (rules.md 30), its applicants invented."""

import shutil
from pathlib import Path

import pytest

from mochocho.app.migrations.migrate import upgrade
from mochocho.settings.config import load_settings
from mochocho.storage.home import Home, open_home
from mochocho.words.model import ApplicantType
from mochocho.words.places import Province
from processing.assessment import assess
from processing.register import register_forms
from tests.integration import province_mirror as mirror
from tests.once import made_once

DISTRICTS = Province.named("นครสวรรค์").districts
NOBODY = DISTRICTS[-1]  # of whom nobody applied
LATE = DISTRICTS[1]  # one of its applicants applied two days after the list was due
LACKING = DISTRICTS[2]  # the evidence of its applicant never came
FULL = DISTRICTS[0]  # one of each type, as the guideline suggests (rules.md 27)
SAMPLE = Path(__file__).parents[2] / "mochocho" / "standards" / "packs" / "2568-sample.yaml"
SETTINGS = """
home = "home"
province = "นครสวรรค์"
pack = "nakhon-sawan-2561.yaml"
recorder = "นางบันทึก ตัวอย่าง"
[calendar]
applicant_list = { due = "18 พฤษภาคม 2561" }
results = { due = "10 สิงหาคม 2561" }
"""
OFFICE = f"""
[[offices]]
district = "{LACKING.name_th}"
head = "นางหัวหน้า ตัวอย่าง"
contact = "นายประสาน ตัวอย่าง"
position = "นักวิชาการพัฒนาชุมชน"
telephone = "0-0000-0000"
"""


def copied(factory: pytest.TempPathFactory, folder: Path) -> Home:
    """A home of the year 2561 in `folder`: every applicant assessed, nobody visited yet."""
    shutil.copytree(made_once(factory, "nakhon-sawan", _make), folder)
    return open_home(load_settings(folder / "mochocho.toml"))


def _make(folder: Path) -> None:
    pack = SAMPLE.read_text("utf-8").replace("id: 2568-sample", "id: nakhon-sawan-2561")
    pack = pack.replace("fiscal_year_be: 2568", "fiscal_year_be: 2561")
    (folder / "nakhon-sawan-2561.yaml").write_text(pack, "utf-8")
    settings = folder / "mochocho.toml"
    settings.write_text(SETTINGS + OFFICE, "utf-8")
    home = open_home(load_settings(settings))
    upgrade(home.engine)
    forms = [_group(home, number, own.code, **BACKGROUND) for number, own in enumerate(DISTRICTS[:-1], 1)]
    forms += [
        mirror.application(
            home,
            20 + n,
            type_,
            district=FULL.code,
            applied_on="2018-05-14",
            applicant_name=f"{type_.value} {{{{7*7}}}}",
        )
        for n, type_ in enumerate(t for t in ApplicantType if t is not ApplicantType.GROUP)
    ]
    forms.append(_group(home, 30, LATE.code, applied_on="2018-05-20", applicant_name="กลุ่มมาช้า"))
    lacking = forms[2]
    lacking.files = dict.fromkeys(lacking.files)
    mirror.send(home, *forms)
    register_forms.run(home)
    assess.do(home, assess.due(home))
    home.engine.dispose()


BACKGROUND = {"founded_be": "2540", "main_work_1": "เปิดศูนย์เรียนรู้", "main_work_2": "ดูแลป่าชุมชน"}


def _group(home: Home, number: int, district: str, **changes: str) -> mirror.Form:
    fields = {"applied_on": "2018-05-10", "applicant_name": f"กลุ่มแปรรูปตัวอย่าง {number}", **changes}
    return mirror.application(home, number, district=district, **fields)
