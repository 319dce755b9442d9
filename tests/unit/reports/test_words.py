"""Every text that people read keeps to the words of docs/words.th.md."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT

WORDS = ROOT / "docs" / "words.th.md"
# A released pack cannot change; dictionaries are of all words, also of those that only others write.
LEFT_OUT = {"2568-sample.yaml", "compounds.txt", "whole_words.txt", "terms.txt", WORDS.name}
CODE = ("mochocho", "processing", "reports", "sync", "xlsforms")
TEXTS = {".yaml", ".html", ".js", ".typ", ".md", ".txt", ".toml", ".csv"}
OFFICIAL = ("reports/view", "reports/papers")
SEPARATES = re.compile("(?:(?<=[ก-๎๐-๙} ])|^)[·–](?=[ก-๎๐-๙{ ])")
LISTED = re.compile(r"^\| (?P<right>[^|]+) \| (?P<wrong>[^|]+) \|", re.MULTILINE)


def pairs() -> list[tuple[str, str]]:
    """(wrong, right) of the table."""
    rows = LISTED.findall(WORDS.read_text(encoding="utf-8"))
    return [(wrong, right) for right, many in rows for wrong in many.split(", ") if "ใช้" not in (right, many)]


def strings(file: Path) -> Iterator[tuple[int, str]]:
    """The texts of a module, without its docstrings and comments; of other files, the lines."""
    content = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        yield from enumerate(content.splitlines(), 1)
        return
    tree = ast.parse(content)
    said = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.lineno, node.value


def files() -> Iterator[Path]:
    places = [path for folder in CODE for path in (ROOT / folder).rglob("*")]
    docs = ROOT / "docs"
    places += [docs / "findings.md", docs / "lint.md", *docs.glob("*.th.md"), *(docs / "forms").glob("*.txt")]
    for path in sorted(places):
        if (path.suffix == ".py" or path.suffix in TEXTS) and path.name not in LEFT_OUT and path.is_file():
            yield path


@pytest.fixture(scope="module")
def texts() -> list[tuple[str, str]]:
    """(file:line, text) of every text with a Thai letter."""
    return [
        (f"{path.relative_to(ROOT)}:{line}", text)
        for path in files()
        for line, text in strings(path)
        if re.search("[ก-๎·–]", text)
    ]


@pytest.mark.parametrize(("wrong", "right"), pairs())
def test_no_text_has_a_word_of_the_second_column(
    texts: list[tuple[str, str]], wrong: str, right: str
) -> None:
    assert [f"{where}: {wrong} -> {right}" for where, text in texts if wrong in text] == []


def test_official_papers_separate_with_words(texts: list[tuple[str, str]]) -> None:
    official = [(where, text) for where, text in texts if where.startswith(OFFICIAL)]
    assert official
    assert [where for where, text in official if SEPARATES.search(text)] == []


def test_the_list_of_words_is_read() -> None:
    assert ("ตัวชี้วัด", "ตัวบ่งชี้") in pairs()
    assert SEPARATES.search("ก · ข")
    assert SEPARATES.search("ก–ข")
    assert not SEPARATES.search("x-xxxx")
