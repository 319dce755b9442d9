"""Tells the log of what was appended to a chain, once it is committed: a copy that leaves the machine.

It names nobody: what is erased here could not be erased there. With number and hash of each row, whoever has
the copy sees whether a chain was written anew.
"""

import logging
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_RANDOM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}")
AUDIT = logging.getLogger("mochocho.audit")
AUDIT.propagate = False  # it is for `log_forwarding` alone, which lets it through
AUDIT.addHandler(logging.NullHandler())


def tell(session: "Session", chain: str, number: int, hash_: str, what: str, about: str) -> None:
    """When the session commits; nothing where it does not, or nobody listens. Of `about` only an applicant's
    key or a sha256 is told.
    """
    if not AUDIT.isEnabledFor(logging.INFO):
        return
    from sqlalchemy import event  # commands that open no database load this module too

    def committed(_session: object) -> None:
        AUDIT.info("%s %d %s %s %s", chain, number, hash_, what, about if _RANDOM.fullmatch(about) else "-")

    event.listen(session, "after_commit", committed, once=True)
