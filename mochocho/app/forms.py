"""The forms of a cycle as files that staff upload to a server."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args

from mochocho.app.conveyor import ProgressCall
from mochocho.config import Settings
from mochocho.files import private_dir, write_file
from mochocho.places import Province
from mochocho.standards.load import load_pack
from xlsforms.build import BuiltForm, build_forms

Profile = Literal["odk", "kobo"]


def current_forms(settings: Settings, profile: Profile) -> tuple[BuiltForm, ...]:
    """The forms that follow from the settings' pack and province."""
    return build_forms(load_pack(settings.pack).pack, Province.named(settings.province), profile)


def write_forms(settings: Settings, out: Path, progress: ProgressCall | None = None) -> list[Path]:
    """Write `out/odk` and `out/kobo`; returns what was written, in order."""
    written: list[Path] = []
    profiles: tuple[Profile, ...] = get_args(Profile)
    for number, profile in enumerate(profiles):
        if progress:
            progress("forms", number, len(profiles))
        folder = private_dir(out / profile)
        for form in current_forms(settings, profile):
            for path, content in _files(folder, form):
                private_dir(path.parent)
                write_file(path, content)
                written.append(path)
    return written


def _files(folder: Path, form: BuiltForm) -> Iterator[tuple[Path, bytes]]:
    yield folder / f"{form.form_id}.xlsx", form.xlsx
    yield folder / f"{form.form_id}.xml", form.xform.encode()
    for name, content in sorted(form.media.items()):
        yield folder / f"{form.form_id}-media" / name, content
