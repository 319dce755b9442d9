"""The settings that a new cycle begins with name the same files as the old ones, from another folder."""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from mochocho.app.cycle.next_settings import OF_ONE_YEAR, text_of_next, write_next
from mochocho.settings.config import FILE_NAME, Settings, load_settings


def named_files() -> Iterator[tuple[str, str]]:
    """Section and name of every setting that names a file or folder and is not of one year."""
    for section, field in Settings.model_fields.items():
        kind = field.annotation
        if section not in OF_ONE_YEAR and isinstance(kind, type) and issubclass(kind, BaseModel):
            for name, one in kind.model_fields.items():
                if Path in (one.annotation, *get_args(one.annotation)):
                    yield section, name


@pytest.mark.parametrize("written", ['[{}]\n{} = "own/x" # ของเรา\n', '{}.{}="own/x"\n'])
@pytest.mark.parametrize(("section", "name"), [*named_files()])
def test_a_relative_path_leads_to_the_same_file(
    tmp_path: Path, section: str, name: str, written: str
) -> None:
    old, new = tmp_path / "2568", tmp_path / "elsewhere" / "2569"
    for folder in (old, new):
        folder.mkdir(parents=True)
    (old / FILE_NAME).write_text(text := written.format(section, name), "utf-8")
    before = load_settings(old / FILE_NAME)
    write_next(new, text_of_next(text, before, "standards-2569.yaml", ""), before)
    after = load_settings(new / FILE_NAME)
    assert getattr(getattr(after, section), name) == old / "own" / "x"
