"""One tree of errors; what may be done about one is decided by its branch.

MochochoError
├── Transient     try again: nothing is wrong with the item
├── Terminal      a person must act (settings, pack, disk, permission)
└── BadInput      the item itself is wrong: quarantine it, go on with the next
"""


class MochochoError(Exception):
    """Base of every error raised on purpose; str() is a sentence that says what to do."""


class Transient(MochochoError):  # noqa: N818 - it names a branch of the tree
    """A passing fault: the same call may succeed later."""


class Terminal(MochochoError):  # noqa: N818 - it names a branch of the tree
    """A person must act before this can succeed."""


class BadInput(MochochoError):  # noqa: N818 - it names a branch of the tree
    """One item cannot be used. `code` is stable (`xml.malformed`), `message_th` is for officers, clerks."""

    def __init__(self, code: str, message_th: str) -> None:
        super().__init__(code, message_th)  # both, or it could not be pickled out of a worker process
        self.code = code
        self.message_th = message_th

    def __str__(self) -> str:
        return f"{self.code}: {self.message_th}"
