"""The forms of a cycle, built, and written as files that staff upload to a server."""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Literal, get_args

from mochocho.app.publishing.kept_forms import kept
from mochocho.settings.config import Settings
from mochocho.standards.load import load_pack
from mochocho.storage.files import private_dir, write_file
from mochocho.storage.home import Home
from mochocho.words.places import Province
from mochocho.words.progress import ProgressCall
from xlsforms.built import BuiltForm
from xlsforms.things import Controller
from xlsforms.villages import read_villages

Profile = Literal["odk", "kobo"]


def forms_of(home: Home, profile: Profile) -> tuple[BuiltForm, ...]:
    """`current_forms`, from the home's cache if none of their inputs has changed."""
    villages, controller = _villages(home.settings, home.province), _controller(home.settings)
    inputs = {
        "pack": home.pack_digest,
        "province": home.province.name_th,
        "shared_tablets": home.settings.forms.shared_tablets,
        "villages": None if villages is None else hashlib.sha256(villages).hexdigest(),
        "controller": asdict(controller),
    }
    return kept(home.settings.cache_dir, profile, inputs, lambda: current_forms(home.settings, profile))


def current_forms(settings: Settings, profile: Profile) -> tuple[BuiltForm, ...]:
    """The forms that follow from the settings: pack, province, villages, shared tablets."""
    from xlsforms.build import build_forms  # pyxform is slow to import, and needed only for building

    province = Province.named(settings.province)
    return build_forms(
        load_pack(settings.pack).pack,
        province,
        profile,
        shared_tablets=settings.forms.shared_tablets,
        villages=_villages(settings, province),
        controller=_controller(settings),
    )


def _villages(settings: Settings, province: Province) -> bytes | None:
    listed = settings.forms.villages
    return read_villages(listed, province) if listed else None


def _controller(settings: Settings) -> Controller:
    said = settings.controller
    return Controller(said.name, said.telephone, said.retention_years, said.retention_basis)


def write_forms(settings: Settings, out: Path, progress: ProgressCall | None = None) -> list[Path]:
    """Write `out/odk` and `out/kobo`; returns the files, in order."""
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
