"""Commands and options with help in two languages.

A command's docstring is its English help, `th` the Thai one. Options are written as `option(…, th, en)`.
"""

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from mochocho.app.commands.click_words import translate_click
from mochocho.app.terminal.language import LANGUAGES, OPTION, told
from mochocho.words.sentences import Sentence
from mochocho.words.thai import NOTHING_SAID, says_something

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

HELP = Sentence("แสดงวิธีใช้นี้แล้วจบ", "Show this message and exit.")
OPTIONS = Sentence("[ตัวเลือก]", "[OPTIONS]")
SUBCOMMANDS = Sentence("คำสั่ง [ค่า]...", "COMMAND [ARGS]...")

translate_click()


class Option(click.Option):
    """An option with its help in both languages."""

    def __init__(self, *arguments: Any, said: Sentence, **attributes: Any) -> None:
        super().__init__(*arguments, **attributes)
        self.said = said  # `tell` makes `help` of it


class Command(click.Command):
    """A command with its help in both languages."""

    said: Sentence

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _with_help(super().get_help_option(ctx))


class Group(click.Group):
    """A group with its help in both languages."""

    said: Sentence

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _with_help(super().get_help_option(ctx))


def command(th: str, name: str | None = None) -> Callable[[Callable[..., Any]], Command]:
    """click's `command`; `th`: the Thai help, the docstring is the English one."""

    def decorate(function: Callable[..., Any]) -> Command:
        made = click.command(name, cls=Command)(_lang_behind(function))
        made.said = _said(th, function)
        return made

    return decorate


def group(th: str, cls: type[Group] = Group, **attributes: Any) -> Callable[[Callable[..., Any]], Group]:
    """click's `group`; `th`: the Thai help, the docstring is the English one."""

    def decorate(function: Callable[..., Any]) -> Group:
        alone = attributes.get("invoke_without_command", False)  # then it is a command as well
        made = click.group(cls=cls, **attributes)(_lang_behind(function) if alone else function)
        made.said = _said(th, function)
        return made

    return decorate


def under(parent: click.Group, th: str, name: str | None = None) -> Callable[[Callable[..., Any]], Command]:
    """A command of the group `parent`, as `command`."""

    def decorate(function: Callable[..., Any]) -> Command:
        made = command(th, name)(function)
        parent.add_command(made)
        return made

    return decorate


def option(*names: str, th: str, en: str, **attributes: Any) -> Callable[[Decorated], Decorated]:
    """click's `option`, with help in both languages."""
    return click.option(*names, cls=Option, said=Sentence(th, en), **attributes)


# The option belongs before the command; behind it, it is accepted too (`language.chosen` reads every word).
_lang_behind = option(
    OPTION,
    "lang",
    type=click.Choice(LANGUAGES),
    expose_value=False,
    hidden=True,
    th="ภาษาของหน้าจอ",
    en="Language of the terminal.",
)


OutFolder = option(
    "--out",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    th="โฟลเดอร์ที่จะเขียน",
    en="Folder to write into.",
)


def wrong_call(th: str, en: str) -> click.UsageError:
    """The error to raise for a call that makes no sense."""
    return click.UsageError(told(Sentence(th, en)))


def refuse_unsaid(**typed: str) -> None:
    """Raise click.UsageError that names the options whose text says nothing: a reason, a name."""
    unsaid = [f"--{name.replace('_', '-')}" for name, text in typed.items() if not says_something(text)]
    if unsaid:
        options = Sentence(" และ ".join(unsaid), " and ".join(unsaid))
        raise wrong_call(f"{options.th} {NOTHING_SAID.th}", f"{options.en} {NOTHING_SAID.en}")


def tell(command: click.Command) -> None:
    """Set the help of `command` and all its subcommands to the terminal's language."""
    if isinstance(command, Command | Group):
        command.help = told(command.said)
        command.options_metavar = told(OPTIONS)
    for parameter in command.params:
        if isinstance(parameter, Option):
            parameter.help = told(parameter.said)
    if isinstance(command, click.Group):
        command.subcommand_metavar = told(SUBCOMMANDS)
        for child in command.commands.values():
            tell(child)


def _said(th: str, function: Callable[..., Any]) -> Sentence:
    return Sentence(inspect.cleandoc(th), inspect.cleandoc(function.__doc__ or ""))


def _with_help(found: click.Option | None) -> click.Option | None:
    if found is not None:
        found.help = told(HELP)
    return found
