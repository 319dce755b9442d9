"""The command of those who find the applicant that a typed name means: match."""

from typing import TYPE_CHECKING

import click

from mochocho.app.console import say
from mochocho.app.invocation import Invocation, pass_invocation

if TYPE_CHECKING:
    from mochocho.home import Home


@click.command()
@click.argument("form", required=False)
@click.argument("key", required=False)
@click.option("--by", default="", help="Who decides.")
@click.option("--none", "nobody", is_flag=True, help="Take a decision back: the form waits again.")
@pass_invocation
def match(invocation: Invocation, form: str | None, key: str | None, by: str, nobody: bool) -> None:
    """Find the applicant that a typed name means.

    Without arguments: the forms whose applicant was on nobody's list and was typed, each with likely
    applicants of its district. FORM KEY --by NAME records that the form FORM is about the applicant KEY; the
    next `mochocho run` reads it as if KEY had been chosen.
    """
    if form is None:
        _list(invocation.home)
        return
    if (key is None) is not nobody:
        raise click.UsageError("give FORM and KEY, or FORM and --none")
    if not by:
        raise click.UsageError("say who decides: --by NAME")
    from processing import matching

    new = matching.record(invocation.home, form, key or "", by)
    say("recorded; `mochocho run` reads the form again" if new else "this was recorded already")


def _list(home: "Home") -> None:
    from mochocho import thai
    from processing import matching

    waiting = matching.unmatched(home)
    if not waiting:
        say("no form waits for an applicant")
        return
    types = {standard.code.value: standard.th for standard in home.pack.standards}
    for one in waiting:
        district = home.province.district(one.district)
        where = f"อำเภอ{district.name_th}" if district else one.district
        say(f"{one.root_id}  {one.form_id}")
        say(f"    typed: {thai.cover_national_ids(one.name)} · {types.get(one.type, one.type)} · {where}")
        for likely in one.likely:
            applicant = likely.applicant
            say(f"    {likely.percent:3d} %  {applicant.key}  {applicant.name} · {types[applicant.type]}")
        if not one.likely:
            say("    no similar name in this district")


COMMANDS = (match,)
