"""The form sheets in the repository are those of the built forms."""

from pathlib import Path

import pytest

from tools import form_sheets
from xlsforms.build import FORMS


@pytest.fixture(scope="module")
def built() -> dict[str, str]:
    return dict(form_sheets.pages())


def test_the_forms_in_the_repository_are_those_that_are_built(built: dict[str, str]) -> None:
    kept = form_sheets.kept()
    assert kept.keys() == built.keys() == {f"{form_id}.txt" for form_id in FORMS.values()}, form_sheets.WRITE
    for name, text in built.items():
        assert kept[name].splitlines() == text.splitlines(), (
            f"after reading the difference: {form_sheets.WRITE}"
        )


def test_a_line_says_which_profile_it_is_of(built: dict[str, str]) -> None:
    lines = built["mochocho_onsite.txt"].splitlines()
    assert "kobo select_one not_listed  not_listed" in lines
    assert "     [survey]" in lines
    assert [line for line in lines if line.startswith("odk      version: 2568-")]
    assert [line for line in lines if line.startswith("kobo     version: 2568-")]
    starts = {line[:5] for line in lines if not line.startswith("#")}
    assert starts == {"     ", "odk  ", "kobo "}


def test_the_check_fails_and_names_the_command(
    built: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(form_sheets, "pages", lambda: iter(built.items()))
    monkeypatch.setattr(form_sheets, "FOLDER", tmp_path / "forms")
    assert form_sheets.main(["--check"]) == 1
    assert "uv run python tools/form_sheets.py" in capsys.readouterr().out
    assert form_sheets.main([]) == 0
    assert form_sheets.main(["--check"]) == 0
    (tmp_path / "forms" / "mochocho_gone.txt").write_text("a form of last year", "utf-8")
    assert form_sheets.main(["--check"]) == 1
    assert form_sheets.main([]) == 0
    assert form_sheets.main(["--check"]) == 0
