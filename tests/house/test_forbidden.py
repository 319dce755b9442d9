"""What no file of the project may contain: names of this machine, package hosts, real people."""

import re
from pathlib import Path

import pytest

from mochocho.words.thai import valid_national_id
from tests.house.tree import ROOT, files_of_the_project

# With a middle dot for the dot or slash, so that this file does not hold what it looks for.
FORBIDDEN = {
    "a package host": [
        h.replace("·", ".") for h in ("pypi·org", "pythonhosted·org", "npmjs·org", "npmjs·com")
    ],
    "a path of one machine": [p.replace("·", "/") for p in ("·work·", "·Users·", "·home·", "·.cache·")],
    "a folder outside the project": ["..·shared".replace("·", "/")],
}
NATIONAL_ID = re.compile(r"(?<![\w.-])[1-8][0-9]{12}(?![\w-])")
PHONE = re.compile(r"(?<![\w.-])0[689][0-9]-?[0-9]{3}-?[0-9]{4}(?![\w-])")
INVENTED_ID = "10000"


def texts() -> list[tuple[str, str]]:
    found = []
    for path in files_of_the_project():
        try:
            found.append((path.relative_to(ROOT).as_posix(), path.read_text("utf-8")))
        except UnicodeDecodeError:  # a picture, a font, a workbook
            continue
    return found


TEXTS = texts()


@pytest.mark.parametrize(("what", "spellings"), FORBIDDEN.items(), ids=FORBIDDEN)
def test_no_file_holds(what: str, spellings: list[str]) -> None:
    assert [f"{name}: {s}" for name, text in TEXTS for s in spellings if s in text] == []


def test_every_national_id_is_invented() -> None:
    assert [f"{name}: {i}" for name, text in TEXTS for i in NATIONAL_ID.findall(text) if real(i)] == []


def real(digits: str) -> bool:
    """Whether it could be somebody's: the checksum is right, and it is not of those that nobody is given."""
    invented = digits.startswith(INVENTED_ID) or digits.count("0") >= 8
    return valid_national_id(digits) and not invented


def test_every_phone_number_is_zeros() -> None:
    assert [f"{name}: {p}" for name, text in TEXTS for p in PHONE.findall(text) if set(p) - set("0-")] == []


def test_the_look_finds_what_it_looks_for() -> None:
    assert real(NATIONAL_ID.findall("id 11017·00230708.".replace("·", ""))[0])
    assert PHONE.findall("tel 081·234·5678".replace("·", "-"))


def test_nothing_generated_is_in_the_tree() -> None:
    generated = {".pyc", ".db", ".db-wal", ".log", ".tmp"}
    assert [p for p in files_of_the_project() if p.suffix in generated] == []


def test_file_names_are_fit_for_every_system() -> None:
    # Git for Windows cannot check these out.
    names = [path.relative_to(ROOT).as_posix() for path in files_of_the_project()]
    assert [n for n in names if re.search(r'[<>:"|?*\\\x00-\x1f]|[. ]$', n)] == []
    assert len({n.casefold() for n in names}) == len(names)


def test_text_files_end_their_lines_alike() -> None:
    assert [name for name, text in TEXTS if "\r" in text and not name.startswith("tests/")] == []


def test_the_tree_was_looked_at() -> None:
    assert Path(__file__) in files_of_the_project()
