"""Caches built forms by a digest of all their inputs, so that publishing again is cheap.

The digest covers the settings used in forms, the pack, the builder's source code and the versions of its
libraries. It is only a cache: it may be deleted, and what cannot be read is built again.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

import mochocho
import xlsforms
from mochocho.storage.files import private_dir, write_file
from xlsforms.built import BuiltForm

FOLDER = "forms"
LIBRARIES = ("pyxform", "xlsxwriter", "openpyxl", "lxml", "geothai")
SOURCES = (Path(xlsforms.__file__).parent, Path(mochocho.__file__).parent)

Build = Callable[[], tuple[BuiltForm, ...]]


def kept(cache_dir: Path, profile: str, inputs: Mapping[str, Any], build: Build) -> tuple[BuiltForm, ...]:
    """The result of `build` for `inputs` (JSON), from the cache if it was built before.

    Only the newest build of each profile is kept.
    """
    path, digest = cache_dir / FOLDER / f"{profile}.json", _digest(profile, inputs)
    found = _read(path, digest)
    if found is None:
        found = build()
        content = {"digest": digest, "forms": [_plain(form) for form in found]}
        with suppress(OSError):  # without a writable cache, the next call builds again
            private_dir(cache_dir)
            private_dir(path.parent)
            write_file(path, json.dumps(content).encode())
    return found


def _digest(profile: str, inputs: Mapping[str, Any]) -> str:
    whole = hashlib.sha256(json.dumps([profile, inputs], sort_keys=True, ensure_ascii=False).encode())
    for library in LIBRARIES:
        whole.update(f"{library} {version(library)}\n".encode())
    for path in _sources():
        content = path.read_bytes()
        whole.update(f"{path.name} {len(content)}\n".encode())
        whole.update(content)
    return whole.hexdigest()


def _sources() -> Iterator[Path]:
    for folder in SOURCES:
        for suffix in ("*.py", "*.yaml"):
            yield from sorted(folder.rglob(suffix))


def _read(path: Path, digest: str) -> tuple[BuiltForm, ...] | None:
    try:
        content = json.loads(path.read_bytes())
        if content["digest"] != digest:
            return None
        return tuple(_form(one) for one in content["forms"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _plain(form: BuiltForm) -> dict[str, Any]:
    return {
        "form_id": form.form_id,
        "version": form.version,
        "title": form.title,
        "xlsx": _text(form.xlsx),
        "xform": form.xform,
        "media": {name: _text(content) for name, content in form.media.items()},
    }


def _form(plain: Mapping[str, Any]) -> BuiltForm:
    media = {name: base64.b64decode(content) for name, content in plain["media"].items()}
    return BuiltForm(**{**plain, "xlsx": base64.b64decode(plain["xlsx"]), "media": media})


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
