"""The command line: global options, the commands, and every error as a sentence."""

import contextlib
import os
import sys
import traceback
from pathlib import Path
from typing import Any

import click

from mochocho import __version__
from mochocho.app import (
    commands_field,
    commands_home,
    commands_match,
    commands_province,
    commands_setup,
    commands_slip,
    commands_standards,
    console,
)
from mochocho.app.invocation import Invocation
from mochocho.app.redact import redact


class _Commands(click.Group):
    """A group whose commands end in one sentence and an exit status, never in a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.ClickException as error:
            # It quotes what was typed, or a clerk's file. click calls the attribute final and only reads it.
            error.message = redact(error.message)  # type: ignore[misc]
            raise
        except (click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise  # click's own ways to end
        except Exception as error:
            from mochocho.app.faults import explain

            if ctx.params["debug"]:
                console.err.print(redact(traceback.format_exc()), soft_wrap=True)
            sentence, status = explain(error)
            console.fail(sentence)
            ctx.exit(status)


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Settings file; without it, mochocho.toml of this folder where there is one.",
)
@click.option("-v", "--verbose", count=True, help="Say more on stderr: -v what is done, -vv details.")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(__version__, prog_name="mochocho")
@click.pass_context
def cli(ctx: click.Context, config: Path | None, verbose: int, debug: bool) -> None:  # noqa: ARG001 - read in invoke
    """มชช.: community-development standards, from a form on a phone to the committee's table.

    `mochocho demo` shows everything on an invented province; `mochocho init` begins a real one.
    """
    console.set_up_logs(verbose)
    ctx.obj = Invocation(config)
    ctx.call_on_close(ctx.obj.close)


for command in (
    *commands_setup.COMMANDS,
    *commands_standards.COMMANDS,
    *commands_field.COMMANDS,
    *commands_province.COMMANDS,
    *commands_match.COMMANDS,
    *commands_slip.COMMANDS,
    *commands_home.COMMANDS,
):
    cli.add_command(command)


def main() -> None:
    """The console script: what this process makes is its owner's alone; Thai never stops a print."""
    os.umask(0o077)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):  # a stream that someone has replaced
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    cli()


if __name__ == "__main__":
    main()
