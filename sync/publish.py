"""The embedded endpoint as a place to publish to: what is put here, phones may fetch."""

from datetime import UTC, datetime

from sqlalchemy import update

from mochocho.db import insert_or_ignore, transaction
from mochocho.errors import Terminal
from mochocho.home import Home
from sync.binds import parse_binds
from sync.tables import PublishedForm
from xlsforms.build import BuiltForm


def put_form(home: Home, form: BuiltForm) -> None:
    """Offer this version for download in place of the one before; publishing it again changes nothing.

    Raises BadInput when it is no XForm, Terminal when this version was published with another content: phones
    that hold the old one would never fetch the new.
    """
    content = form.xform.encode()
    parse_binds(content)
    sha256 = home.store.put(content)
    row = {
        "form_id": form.form_id,
        "version": form.version,
        "title": form.title,
        "xform_sha256": sha256,
        "current": True,
        "published_at": datetime.now(UTC),
    }
    with transaction(home.engine) as session:
        insert_or_ignore(session, PublishedForm, [row])
        stands = session.get_one(PublishedForm, (form.form_id, form.version))
        if stands.xform_sha256 != sha256:
            raise Terminal(
                f"form {form.form_id} version {form.version} was published with another content; "
                "build it with a new version"
            )
        is_this = PublishedForm.version == form.version
        session.execute(
            update(PublishedForm).where(PublishedForm.form_id == form.form_id).values(current=is_this)
        )
