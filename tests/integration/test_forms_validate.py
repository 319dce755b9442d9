"""ODK Validate, the tool that ODK Central and careful form makers use, accepts every built form."""

import subprocess
from pathlib import Path

import pytest

from mochocho.places import Province
from mochocho.standards.load import load_pack
from tests.headless.collect import ENGINE
from tests.needs import need
from xlsforms.build import Profile, build_forms


@pytest.mark.parametrize("profile", ["odk", "kobo"])
def test_odk_validate_accepts_the_forms(tmp_path: Path, profile: Profile) -> None:
    need("java")
    for form in build_forms(load_pack("2568-sample").pack, Province.named("เชียงราย"), profile):
        path = tmp_path / f"{form.form_id}.xml"
        path.write_text(form.xform, encoding="utf-8")
        report = subprocess.run(
            ["java", "-jar", ENGINE, path], capture_output=True, encoding="utf-8", check=False
        )
        said = report.stdout + report.stderr
        assert report.returncode == 0, said
        assert "Xform is valid" in said
        assert "warning" not in said.lower()
