"""All output for people is in both languages, side by side, with the same content.

A sentence is a call with its Thai and its English: `Sentence(th, en)`, `say(th, en)`, `Terminal(th, en)`,
`option(…, th=…, en=…)`. mypy checks that both are there; this test, that both hold the same values and
commands, that neither is made of the other's words, and that text said to be the same in both (`plain`) has
no words.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

from mochocho.app.commands.cli import cli
from mochocho.app.commands.click_words import MODULES, THAI
from mochocho.app.commands.help import Command, Group, Option
from mochocho.app.doctor.checks import TITLES
from tests.house.tree import ROOT, package_files

SOURCES = [path for path in package_files() if path.suffix == ".py"]
PAIRS = {"Sentence", "say", "warn", "fail", "wrong_call", "Terminal", "Transient", "Unfit", "Wrong"}
BEHIND = {"Broken", "BadInput"}  # both sides are their second and third
THAI_ALONE = {"th", "message_th"}  # attributes that hold no English
THAI_LETTER = re.compile(r"[\u0e00-\u0e7f]")
WORD = re.compile(r"[A-Za-z]{2,}")
QUOTED = re.compile(r"`([^`]*)`")
NAMES = re.compile(r"“[^”]*”|\d [ก-๙]+ \d{4}")  # Thai that is quoted in an English sentence; a day in Thai

GROUPS = {"network"}  # of looks, named where one cannot be brought to its end
NAMES_OF_PROGRAMS = {"Python", "Redis"}


@cache
def tree_of(path: Path) -> ast.AST:
    return ast.parse(path.read_text("utf-8"))


def pairs(tree: ast.AST) -> Iterator[tuple[int, ast.expr, ast.expr]]:
    """Where a sentence stands, and its two sides."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        named = {keyword.arg: keyword.value for keyword in node.keywords}
        if {"th", "en"} <= named.keys():
            yield node.lineno, named["th"], named["en"]
        elif name_of(node) in PAIRS and len(node.args) == 2:
            yield node.lineno, node.args[0], node.args[1]
        elif name_of(node) in BEHIND and len(node.args) == 3:
            yield node.lineno, node.args[1], node.args[2]


def name_of(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def written(side: ast.expr) -> tuple[str, Counter[str]] | None:
    """The letters that stand in the source, and the values put between them; None where it is no text."""
    if isinstance(side, ast.Constant) and isinstance(side.value, str):
        return side.value, Counter()
    if not isinstance(side, ast.JoinedStr):
        return None
    parts = [part for part in side.values if isinstance(part, ast.FormattedValue)]
    letters = "".join(part.value for part in side.values if isinstance(part, ast.Constant))
    return letters, Counter(re.sub(r"\b(th|en)\b", "*", ast.unparse(part)) for part in parts)


def mistakes(th: ast.expr, en: ast.expr) -> Iterator[str]:
    thai, english = written(th), written(en)
    if thai is None or english is None:
        return
    if WORD.search(english[0]) and not THAI_LETTER.search(thai[0]):
        yield "no Thai on the Thai side"
    if THAI_LETTER.search(NAMES.sub("", english[0])):
        yield "Thai on the English side"
    if thai[1] != english[1]:
        yield f"other values: {thai[1]} and {english[1]}"
    if Counter(QUOTED.findall(thai[0])) != Counter(QUOTED.findall(english[0])):
        yield "other commands"
    for side, other in ((th, "en"), (en, "th")):
        if f".{other}}}" in ast.unparse(side):
            yield f".{other} on the other side"


def reads_thai(side: ast.expr) -> bool:
    """Whether words are put here that are Thai whatever they say."""
    return any(isinstance(node, ast.Attribute) and node.attr in THAI_ALONE for node in ast.walk(side))


def thai_for_english(tree: ast.AST) -> Iterator[int]:
    """Where an English side, what is the same in both, or an error of Python is made of Thai words."""
    yield from (line for line, _, en in pairs(tree) if reads_thai(en))
    for node in ast.walk(tree):
        match node:
            case ast.Call() if name_of(node) == "plain" and any(map(reads_thai, node.args)):
                yield node.lineno
            case ast.Raise(exc=ast.Call() as raised) if name_of(raised).endswith("Error"):
                if THAI_LETTER.search(ast.unparse(raised)):
                    yield node.lineno


def plain_words(tree: ast.AST) -> Iterator[int]:
    """Where `plain`, which is for names and numbers, is given words."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node) == "plain" and len(node.args) == 1:
            text = written(node.args[0])
            if text is not None and (len(WORD.findall(text[0])) > 1 or THAI_LETTER.search(text[0])):
                yield node.lineno


def looks(tree: ast.AST) -> Iterator[str]:
    """The names under which the doctor tells what it found, where they are written out."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="Check"), args=[ast.Constant(value=name), *_]):
                yield str(name)


def shown_words(tree: ast.AST) -> Iterator[int]:
    """Where `show`, which is for what is no sentence, is given words of English."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node) == "show" and len(node.args) == 1:
            text = written(node.args[0])
            if text is not None and len(WORD.findall(text[0])) > 3:
                yield node.lineno


def test_both_languages_say_the_same() -> None:
    assert [
        f"{path.relative_to(ROOT)}:{line}: {what}"
        for path in SOURCES
        for line, th, en in pairs(tree_of(path))
        for what in mistakes(th, en)
    ] == []


def test_no_error_and_no_answer_in_one_language() -> None:
    lines = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in SOURCES
        for look in (thai_for_english, shown_words, plain_words)
        for line in look(tree_of(path))
    ]
    assert lines == [], "write both, Thai first: Terminal(th, en)"


def test_the_doctor_calls_what_it_looks_at_by_a_thai_name() -> None:
    named = {name for path in SOURCES for name in looks(tree_of(path))}
    assert named
    assert named <= TITLES.keys()
    assert TITLES.keys() - named <= GROUPS
    assert all(THAI_LETTER.search(thai) or thai in NAMES_OF_PROGRAMS for thai in TITLES.values())


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("plain('')", False),
        ("plain(f'{host}:{port}')", False),
        ("plain(f'HTTP {status}')", False),
        ("plain('cannot be written')", True),
        ("plain(f'{path} เขียนไม่ได้')", True),
        ("Check('home', 'fail', plain('is not there'))", True),
    ],
)
def test_words_are_not_plain(source: str, words: bool) -> None:
    assert bool(list(plain_words(ast.parse(source)))) is words


@pytest.mark.parametrize(
    ("source", "thai"),
    [
        ("Terminal(f'{path}: {wrong.th}', f'{path}: {wrong.en}')", False),
        ("Terminal(f'{path}: {wrong.message_th}', f'{path}: {wrong.message_th}')", True),
        ("BadInput('file.kind', wrong.th, wrong.th)", True),
        ("plain(error.message_th)", True),
        ("raise ValueError('ไม่มีวันนี้')", True),
        ("raise Unsuitable('ไม่มีวันนี้', 'there is no such day')", False),
    ],
)
def test_thai_is_not_given_for_english(source: str, thai: bool) -> None:
    assert bool(list(thai_for_english(ast.parse(source)))) is thai


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("say('เขียนแล้ว', 'written')", ""),
        ("say(f'เขียน {a} แล้ว', f'wrote {a}')", ""),
        ("say(f'{one.th} แล้ว', f'{one.en} done')", ""),
        ("say('written', 'written')", "no Thai"),
        ("say('เขียนแล้ว', 'เขียนแล้ว')", "Thai on the English side"),
        ("say(f'เขียน {a} แล้ว', f'wrote {b}')", "other values"),
        ("say(f'เขียนแล้ว', f'wrote {b}')", "other values"),
        ("say(f'{one.en} แล้ว', f'{one.en} done')", ".en on the other side"),
        ("raise Terminal('สั่ง `a b`', 'call `a c`')", "other commands"),
        ("option('-a', th='ไฟล์', en='ไฟล์')", "Thai on the English side"),
    ],
)
def test_this_sees_what_it_looks_for(source: str, said: str) -> None:
    found = [what for _, th, en in pairs(ast.parse(source)) for what in mistakes(th, en)]
    assert (said in found[0]) if said else found == []


def commands(command: click.Command) -> Iterator[click.Command]:
    yield command
    if isinstance(command, click.Group):
        for child in command.commands.values():
            yield from commands(child)


def test_the_help_of_every_command_and_option_is_in_both() -> None:
    for one in commands(cli):
        assert isinstance(one, Command | Group), one.name
        assert THAI_LETTER.search(one.said.th), one.name
        assert one.said.en, one.name
        assert not QUOTED.findall(one.said.th) or set(QUOTED.findall(one.said.th)) == set(
            QUOTED.findall(one.said.en)
        )
        for parameter in one.params:
            assert isinstance(parameter, Option | click.Argument), (one.name, parameter.name)


def test_clicks_own_words_are_those_of_this_click() -> None:
    """A sentence that click has written otherwise since would stay English without a word."""
    sources = "\n".join(Path(str(module.__file__)).read_text("utf-8") for module in MODULES)
    constants = {
        node.value
        for node in ast.walk(ast.parse(sources.replace("from __future__ import annotations", "")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert THAI.keys() - constants == set()
    for english, thai in THAI.items():
        assert set(re.findall(r"{(\w+)", thai)) <= set(re.findall(r"{(\w+)", english))
