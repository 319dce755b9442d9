"""The forms of a cycle as files that staff upload to a server."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args

from mochocho.app.conveyor import ProgressCall
from mochocho.config import Settings
from mochocho.files import private_dir, write_file
from mochocho.places import Province
from mochocho.standards.load import load_pack
from xlsforms.build import build_forms
from xlsforms.built import BuiltForm
from xlsforms.things import Controller
from xlsforms.villages import read_villages

Profile = Literal["odk", "kobo"]


def current_forms(settings: Settings, profile: Profile) -> tuple[BuiltForm, ...]:
    """The forms that follow from the settings: pack, province, villages, tablets that are shared."""
    province = Province.named(settings.province)
    listed = settings.forms.villages
    return build_forms(
        load_pack(settings.pack).pack,
        province,
        profile,
        shared_tablets=settings.forms.shared_tablets,
        villages=read_villages(listed, province) if listed else None,
        controller=_controller(settings),
    )


def _controller(settings: Settings) -> Controller:
    said = settings.controller
    return Controller(said.name, said.telephone, said.retention_years, said.retention_basis)


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
