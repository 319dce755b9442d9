"""The meeting that an address names, where the person sees its committee."""

from flask import abort

from mochocho.app.portal.access.signed_in import current_home, current_scope
from mochocho.storage.db import reading
from processing.meetings import kept
from processing.meetings.meeting import Meeting


def known(key: str) -> Meeting:
    """As it is kept last; answers 404 where there is none, or this person does not see its committee."""
    with reading(current_home().engine) as session:
        found = kept.meeting_of(session, key)
    if found is None or not current_scope().covers_district(found.district):
        abort(404)
    return found
