"""From an exception to one sentence and an exit status: what went wrong, and what to do about it."""

import errno

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from mochocho.app.database_faults import meaning
from mochocho.errors import MochochoError, Transient
from mochocho.files import NotInStore

# sysexits.h; 2 is click's own for a wrong call.
NEEDS_A_PERSON, A_FAULT_OF_OURS, TRY_AGAIN = 1, 70, 75


def explain(error: Exception) -> tuple[str, int]:
    """The sentence to print and the status to exit with."""
    match error:
        case Transient():
            return str(error), TRY_AGAIN
        case MochochoError():
            return str(error), NEEDS_A_PERSON
        case SQLAlchemyError():
            return _database(error)
        case OSError():
            return _system(error), NEEDS_A_PERSON
    said = f"unexpected {type(error).__name__}: {error}"
    return f"{said}; this is a fault of mochocho: run it again with --debug and report it", A_FAULT_OF_OURS


def _database(error: SQLAlchemyError) -> tuple[str, int]:
    cause = str(error.orig if isinstance(error, DBAPIError) else error).strip().split("\n")[0]
    if found := meaning(cause):
        return f"{found.th} ({cause})", TRY_AGAIN if found.again else NEEDS_A_PERSON
    return f"the database cannot be used ({cause}); `mochocho doctor` looks for the reason", NEEDS_A_PERSON


def _system(error: OSError) -> str:
    if isinstance(error, NotInStore):
        return str(error)
    where = f"{error.filename}: " if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return (
            f"{where}the disk is full; free some space and run this again, nothing that was finished is lost"
        )
    if isinstance(error, PermissionError):
        return f"{where}no permission; run mochocho as the user who owns this folder, or choose another one"
    if error.errno == errno.EADDRINUSE:
        return "another program already listens on this port; stop it, or choose another with --port"
    return f"{where}{error.strerror or error}"
