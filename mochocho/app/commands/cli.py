"""The command line: global options, the commands, and every error as one sentence."""

import contextlib
import os
import sys
import traceback
from pathlib import Path
from typing import Any

import click

from mochocho import __version__
from mochocho.app.commands import (
    applicants,
    backups,
    certificates,
    cycles,
    decisions,
    districts,
    exports,
    loading,
    meetings,
    office,
    office_findings,
    packets,
    persons,
    phones,
    portal_command,
    setup,
    slips,
    standards_files,
    web_forms,
)
from mochocho.app.commands.help import Group, group, option, tell
from mochocho.app.commands.invocation import Invocation
from mochocho.app.terminal import console, language
from mochocho.app.terminal.redact import redact


class _Commands(Group):
    """A group whose commands end with one sentence and an exit status, never a traceback."""

    def make_context(self, info_name: str | None, args: list[str], *rest: Any, **extra: Any) -> click.Context:
        language.speak(language.chosen(args))
        tell(self)
        return super().make_context(info_name, args, *rest, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.ClickException as error:
            # The message quotes what was typed, or a clerk's file. click calls the attribute final and only
            # reads it.
            error.message = redact(error.message)  # type: ignore[misc]
            raise
        except (click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise  # click's own ways of ending
        except Exception as error:
            from mochocho.app.terminal.faults import explain

            if ctx.params["debug"]:
                console.err.print(redact(traceback.format_exc()), soft_wrap=True)
            said, status = explain(error)
            console.fail(*said)
            ctx.exit(status)


def _version(ctx: click.Context, _option: click.Parameter, asked: bool) -> None:
    if asked:
        console.show(f"mochocho, version {__version__}")
        ctx.exit()


@group(
    """มชช. มาตรฐานการพัฒนาชุมชน: จากแบบฟอร์มในโทรศัพท์ถึงโต๊ะของคณะกรรมการ

    `mochocho demo` แสดงทุกอย่างด้วยจังหวัดสมมุติ `mochocho init` เริ่มงานจริง
    """,
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    th="ไฟล์ตั้งค่า ถ้าไม่กำหนด คือ mochocho.toml ของโฟลเดอร์นี้ ถ้ามี",
    en="Settings file; without it, mochocho.toml of this folder where there is one.",
)
@option(
    language.OPTION,
    "asked",
    type=click.Choice(language.LANGUAGES),
    expose_value=False,
    th="ภาษาของหน้าจอ: th ไทย หรือ en อังกฤษ ตั้งเป็น MOCHOCHO_LANG หรือ `lang` ในการตั้งค่าก็ได้",
    en="Language of the terminal: th, Thai, unless this, MOCHOCHO_LANG or `lang` of the settings says en.",
)
@option(
    "-v",
    "--verbose",
    count=True,
    th="บอกมากขึ้นทาง stderr (ภาษาอังกฤษ): -v ทำอะไร -vv รายละเอียด",
    en="Say more on stderr: -v what is done, -vv details.",
)
@option("--debug", is_flag=True, th="แสดง traceback ของข้อผิดพลาด", en="Show the traceback of an error.")
@option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    th="แสดงรุ่นของโปรแกรมแล้วจบ",
    en="Show the version and exit.",
)
@click.pass_context
def cli(ctx: click.Context, config: Path | None, verbose: int, debug: bool) -> None:  # noqa: ARG001 - read in invoke
    """มชช.: community-development standards, from a form on a phone to the committee's table.

    `mochocho demo` shows everything on an invented province; `mochocho init` begins a real one.
    """
    console.set_up_logs(verbose)
    ctx.obj = Invocation(config)
    ctx.call_on_close(ctx.obj.close)


for command in (
    *setup.COMMANDS,
    *standards_files.COMMANDS,
    *phones.COMMANDS,
    *portal_command.COMMANDS,
    *office.COMMANDS,
    *packets.COMMANDS,
    *decisions.COMMANDS,
    *meetings.COMMANDS,
    *districts.COMMANDS,
    *exports.COMMANDS,
    *applicants.COMMANDS,
    *slips.COMMANDS,
    *office_findings.COMMANDS,
    *backups.COMMANDS,
    *cycles.COMMANDS,
    *persons.COMMANDS,
    *certificates.COMMANDS,
    *meetings.COMMANDS,
    *web_forms.COMMANDS,
):
    cli.add_command(command)


def main() -> None:
    """The console script: files it makes are readable by their owner only; printing Thai never fails."""
    os.umask(0o077)
    loading.begin()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):  # a stream that has been replaced
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        cli()
    finally:
        loading.leave()


if __name__ == "__main__":
    main()
