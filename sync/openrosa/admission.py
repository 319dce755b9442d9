"""Whom a token admits: an officer with a phone, or whoever opens a link that an officer answers for."""

from dataclasses import dataclass
from datetime import UTC, datetime

from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from sync import officers, web_links
from sync.officers import Officer
from sync.openrosa.messages import problem
from sync.web_links import WebLink
from sync.xform.parse import Instance

_APPLICANT = "applicant_key"  # of every form that is about an applicant (xlsforms.contract)


@dataclass(frozen=True, slots=True)
class Admitted:
    """`link`: None for a phone, which may send every form."""

    officer: Officer
    link: WebLink | None = None


def admitted(home: Home, token: str) -> Admitted | None:
    """Read anew at every call, so that a revocation works at once; None for a token that admits nobody."""
    officer = officers.of_token(home, token)
    if officer is not None:
        return Admitted(officer)
    link = web_links.of_token(home, token, datetime.now(UTC))
    if link is None:
        return None
    try:
        return Admitted(officers.active(home, link.officer), link)
    except Terminal:
        return None


def let_in(home: Home, link: WebLink, instance: Instance) -> None:
    """Raises BadInput where a link may not send this: another form or applicant, or it is used."""
    about = next((node.text or "" for node in instance.root.iter("{*}" + _APPLICANT)), "")
    if instance.form_id != link.form_id or (link.applicant and about != link.applicant):
        raise problem("link.other")
    if not web_links.claim(home, link, instance.instance_id):
        raise problem("link.used")
