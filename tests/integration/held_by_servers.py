"""Applications in the mirror, as if pulled from servers."""

from dataclasses import replace

from mochocho.settings import config
from mochocho.storage.db import transaction
from mochocho.storage.home import Home
from mochocho.words.model import ApplicantType
from sync.tables import Seen
from tests.integration import province_mirror as mirror
from xlsforms import names

GROUP = ApplicantType.GROUP
CENTRAL, KOBO = "central:north", "kobo:south"
SERVERS = (
    config.Server(key="north", kind="central", url="https://central.example", project=1),
    config.Server(key="south", kind="kobo", url="https://kobo.example"),
)


def with_servers(home: Home, count: int = 1) -> Home:
    return replace(home, settings=home.settings.model_copy(update={"servers": SERVERS[:count]}))


def root_of(number: int) -> str:
    return f"{number:08}-0000-4000-8000-000000000000"


def hold(home: Home, form: mirror.Form, server: str = CENTRAL, number: int = 1) -> None:
    """Send a form as one that this server holds."""
    mirror.send(home, form)
    with transaction(home.engine) as session:
        session.merge(
            Seen(
                source=server,
                root_id=f"{form.form_id}/{root_of(number)}",
                fingerprint="f",
                state="live",
                submission_root=form.root_id,
                current_id=f"{form.root_id}-v{form.edit}",
            )
        )


def lacking(home: Home, number: int = 1) -> mirror.Form:
    """An application of which one document was promised for later."""
    form = mirror.application(home, number)
    form.fields[names.document(GROUP, promised(home).code)] = "later"
    return form


def promised(home: Home):
    return next(d for d in home.pack.standard(GROUP).documents if d.mandatory and d.capture == "pages")
