"""Who is responsible for personal data, as the application's privacy notice says it."""

import re

import pytest
from lxml import etree

from mochocho.settings.config import load_settings
from mochocho.standards.load import load_pack
from mochocho.words.errors import Terminal
from mochocho.words.places import Province
from xlsforms.build import build_forms
from xlsforms.things import NOBODY, Controller

PACK, CHIANG_RAI = load_pack("2568-sample").pack, Province.named("เชียงราย")
RULE = "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526"
WHOLE = Controller("สำนักงานพัฒนาชุมชนจังหวัดตัวอย่าง", "0-0000-0000", 10, RULE)


def notice(controller: Controller, name: str = "") -> str:
    """What the notice says in Thai, or one of its notes."""
    application = build_forms(PACK, CHIANG_RAI, "odk", controller=controller)[0]
    root = etree.fromstring(application.xform.encode())
    texts = root.iterfind(".//{*}translation[@lang='ไทย (th)']/{*}text")
    said = {str(text.get("id")): "".join(text.itertext()).strip() for text in texts}
    group = "/data/privacy_notice/"
    return "\n".join(text for path, text in said.items() if path.startswith(f"{group}{name}"))


def test_everything_that_is_set_is_said_in_the_three_lines_and_in_the_long_notice() -> None:
    aloud = notice(WHOLE, "privacy_aloud:label")
    assert [line[:3] for line in aloud.splitlines()] == ["(1)", "(2)", "(3)"]
    for said in (WHOLE.name, WHOLE.telephone, "เก็บไว้ 10 ปี"):
        assert said in aloud
        assert said in notice(WHOLE, "privacy")
    assert f"เก็บไว้ 10 ปี ตาม{RULE}" in notice(WHOLE, "privacy_data:label")


def test_the_notice_that_is_read_aloud_stands_above_the_long_one() -> None:
    order = re.findall(r'ref="/data/privacy_notice/(\w+)"', build_forms(PACK, CHIANG_RAI, "odk")[0].xform)
    assert order[0] == "privacy_aloud"


@pytest.mark.parametrize(
    "controller", [NOBODY, Controller(years=10), Controller(basis=RULE), Controller(years=None, basis="")]
)
def test_what_is_not_set_is_not_promised(controller: Controller) -> None:
    said = notice(controller)
    assert "สำนักงานพัฒนาชุมชนจังหวัดเชียงราย" in said
    assert "โทร." not in said
    assert not re.search(r"เก็บไว้ [0-9]", said)
    assert "None" not in said


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('telephone = "0--------"', "begins with 0 and has 9 or 10 digits"),
        ('telephone = "191"', "begins with 0 and has 9 or 10 digits"),
        ('name = "${applicant_name}"', "controller.name"),
        ('retention_basis = "<<pack.year>>"', "controller.retention_basis"),
        ("retention_years = 0", "controller.retention_years"),
    ],
)
def test_a_setting_that_cannot_stand_in_a_form_is_refused(tmp_path, line: str, says: str) -> None:
    file = tmp_path / "mochocho.toml"
    file.write_text(f"[controller]\n{line}\n", "utf-8")
    with pytest.raises(Terminal, match=re.escape(says)):
        load_settings(file)
