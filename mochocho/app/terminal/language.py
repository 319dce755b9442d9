"""The terminal's language: Thai, or English where --lang or a setting says so."""

import os
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, get_args

from mochocho.words.sentences import Sentence

Language = Literal["th", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
OPTION, VARIABLE, SETTING = "--lang", "MOCHOCHO_LANG", "lang"
SETTINGS_FILE = "mochocho.toml"  # as in mochocho.settings.config, which is not imported just to print --help

_spoken: Language = "th"


def speak(language: Language) -> None:
    """Use this language from now on."""
    global _spoken
    _spoken = language


def told(said: Sentence) -> str:
    """The sentence in the terminal's language."""
    return said.en if _spoken == "en" else said.th


def chosen(words: Sequence[str]) -> Language:
    """The language that a command line asks for;
    found before parsing, so that --help and mistakes use it too.
    """
    asked = _value(words, OPTION) or os.environ.get(VARIABLE) or _of_settings(_value(words, "--config"))
    return next((known for known in LANGUAGES if known == asked), "th")


def _value(words: Sequence[str], option: str) -> str | None:
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word == option:
            return following
        if word.startswith(f"{option}="):
            return word.partition("=")[2]
    return None


def _of_settings(file: str | None) -> object:
    try:
        return tomllib.loads(Path(file or SETTINGS_FILE).read_text("utf-8")).get(SETTING)
    except (OSError, ValueError):
        return None  # reading the settings later reports what is wrong
