"""ODK Validate, the tool that ODK Central and careful form designers use, accepts every built form."""

import subprocess
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
CHIANG_RAI = Province.named("เชียงราย")


def said_of(paths: list[Path]) -> tuple[int, str]:
    need("java")
    report = subprocess.run(
        ["java", "-jar", ENGINE, *paths], capture_output=True, encoding="utf-8", check=False
    )
    return report.returncode, report.stdout + report.stderr


@pytest.mark.parametrize(
    ("profile", "pack", "options"),
    [
        ("odk", SAMPLE, {}),
        ("kobo", SAMPLE, {}),
        ("odk", SAMPLE, {"shared_tablets": True, "villages": VILLAGES}),
        *(
            pytest.param("kobo", pack, {}, marks=pytest.mark.long if name == "500 indicators" else ())
            for name, pack in UNUSUAL.items()
        ),
    ],
    ids=["odk", "kobo", "odk with every option", *UNUSUAL],
)
def test_odk_validate_accepts_the_forms(
    tmp_path: Path, profile: Profile, pack: Pack, options: dict[str, object]
) -> None:
    forms = build_forms(pack, CHIANG_RAI, profile, **options)  # type: ignore[arg-type] # as written above
    paths = [tmp_path / f"{form.form_id}.xml" for form in forms]
    for path, form in zip(paths, forms, strict=True):
        path.write_text(form.xform, encoding="utf-8")
    status, said = said_of(paths)
    assert status == 0, said
    assert said.count("Xform is valid") == len(forms), said
    assert "warning" not in said.lower()


def test_odk_validate_refuses_one_broken_form_among_good_ones(tmp_path: Path) -> None:
    good, bad = build_forms(SAMPLE, CHIANG_RAI, "odk")[:2]
    paths = [tmp_path / "good.xml", tmp_path / "bad.xml"]
    paths[0].write_text(good.xform, encoding="utf-8")
    paths[1].write_text(bad.xform.replace("string-length(.)", "string-length(."), encoding="utf-8")
    status, said = said_of(paths)
    assert status != 0
    assert said.count("Xform is valid") == 1
