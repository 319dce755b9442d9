"""A process that typesets for months: typst's caches must not grow without bound, nor end the process."""

import io
from pathlib import Path
from typing import Any

import pytest
import typst
from PIL import Image

from mochocho.storage.files import Store
from mochocho.words.errors import Transient
from reports.typesetting import typesetter as typesetters
from reports.typesetting.fonts import face
from reports.typesetting.typesetter import Sheet, Typesetter
from reports.view.pictures import Picture, Size

MOST_PATHS = 1 << 16  # of one process: typst numbers every path it ever saw in sixteen bits
SHOW_ALL = b'#for one in json("pictures.json").values() { image(one.file, width: 1mm) }'


@pytest.fixture
def typesetter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Typesetter:
    monkeypatch.setattr(typesetters, "templates", lambda: {"all.typ": SHOW_ALL, "base.typ": b""})
    return Typesetter(tmp_path / "store", tmp_path / "cache", face(None, ""), thai_digits=True)


def sheet(typesetter: Typesetter, number: int, pictures: int) -> Sheet:
    """One that shows so many pictures that no other sheet shows."""
    store = Store(typesetter.store)

    def drawn(n: int) -> Picture:
        out = io.BytesIO()
        Image.new("RGB", (2, 2), (n >> 16, n >> 8 & 255, n & 255)).save(out, "JPEG", comment=str(n).encode())
        return Picture(store.put(out.getvalue()), Size.THUMB)

    shown = tuple(drawn(number * pictures + i) for i in range(pictures))
    return Sheet(f"{number:064}", "all", b"{}", shown, (), ())


def test_every_sheet_names_its_pictures_alike(
    typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    names, compile_ = [], typst.compile

    def seen(*given: Any, **options: Any) -> Any:
        if "root" in options:
            names.append(sorted(path.name for path in Path(options["root"]).glob("picture-*")))
        return compile_(*given, **options)

    monkeypatch.setattr(typst, "compile", seen)
    for number in range(2):
        typesetter.print(sheet(typesetter, number, 3))
    assert len(names[0]) == 3
    assert names[0] == names[1]


def test_a_typesetter_that_panics_is_an_error_like_any_other(
    typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def panics(*_: Any, **__: Any) -> None:
        raise type("PanicException", (BaseException,), {})("out of file ids")

    one = sheet(typesetter, 0, 1)
    monkeypatch.setattr(typst, "compile", panics)
    with pytest.raises(Transient, match="the typesetter broke off"):
        typesetter.print(one)


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_one_that_is_told_to_end_ends(
    typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    def ends(*_: Any, **__: Any) -> None:
        raise error

    one = sheet(typesetter, 0, 1)
    monkeypatch.setattr(typst, "compile", ends)
    with pytest.raises(error):
        typesetter.print(one)


@pytest.mark.long
def test_more_pictures_than_typst_has_numbers_for(typesetter: Typesetter) -> None:
    each = 500
    for number in range(MOST_PATHS // each + 2):
        typesetter.print(sheet(typesetter, number, each))
