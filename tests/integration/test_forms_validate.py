"""ODK Validate, the tool that ODK Central and careful form designers use, accepts every built form."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from mochocho.standards.load import load_pack
from mochocho.standards.schema import Pack
from mochocho.words.places import Province
from tests.headless.collect import ENGINE
from tests.needs import need
from tests.unusual_packs import UNUSUAL
from xlsforms.build import build_forms
from xlsforms.built import Profile

SAMPLE = load_pack("2568-sample").pack
VILLAGES = "name,label,subdistrict\nv1,บ้านตัวอย่าง,570101\n".encode()
LARGE = "500 indicators"
CHIANG_RAI = Province.named("เชียงราย")


def said_of(paths: list[Path]) -> tuple[int, str]:
    need("java")
    report = subprocess.run(
        ["java", "-jar", ENGINE, *paths], capture_output=True, encoding="utf-8", check=False
    )
    return report.returncode, report.stdout + report.stderr


def accepted(folder: Path, every: Mapping[str, tuple[Profile, Pack, dict[str, object]]]) -> None:
    """One call for all: to start the tool takes longer than its look at a form."""
    paths = []
    for name, (profile, pack, options) in every.items():
        for form in build_forms(pack, CHIANG_RAI, profile, **options):  # type: ignore[arg-type] # as its callers write them
            paths.append(folder / f"{name}, {form.form_id}.xml")
            paths[-1].write_text(form.xform, encoding="utf-8")
    status, said = said_of(paths)
    assert status == 0, said
    assert said.count("Xform is valid") == len(paths), said
    assert "warning" not in said.lower()


def test_odk_validate_accepts_the_forms(tmp_path: Path) -> None:
    unusual: dict[str, tuple[Profile, Pack, dict[str, object]]] = {
        name: ("kobo", pack, {}) for name, pack in UNUSUAL.items() if name != LARGE
    }
    options = {"shared_tablets": True, "villages": VILLAGES}
    accepted(
        tmp_path,
        {
            "odk": ("odk", SAMPLE, {}),
            "kobo": ("kobo", SAMPLE, {}),
            "odk with every option": ("odk", SAMPLE, options),
            **unusual,
        },
    )


@pytest.mark.long
def test_odk_validate_accepts_the_forms_of_a_large_pack(tmp_path: Path) -> None:
    accepted(tmp_path, {LARGE: ("kobo", UNUSUAL[LARGE], {})})


def test_odk_validate_refuses_one_broken_form_among_good_ones(tmp_path: Path) -> None:
    good, bad = build_forms(SAMPLE, CHIANG_RAI, "odk")[:2]
    paths = [tmp_path / "good.xml", tmp_path / "bad.xml"]
    paths[0].write_text(good.xform, encoding="utf-8")
    paths[1].write_text(bad.xform.replace("string-length(.)", "string-length(."), encoding="utf-8")
    status, said = said_of(paths)
    assert status != 0
    assert said.count("Xform is valid") == 1
