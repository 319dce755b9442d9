"""One tree of errors; what may be done about one is decided by its branch.

MochochoError
├── Transient     try again: nothing is wrong with the item
├── Terminal      a person must act (settings, pack, disk, permission)
└── BadInput      the item itself is wrong: quarantine it, go on with the next
"""

from mochocho.words.sentences import Sentence


class MochochoError(Exception):
    """Base of every error raised on purpose: a sentence in both languages that says what to do.

    str() is the English one, for logs and for programs.
    """

    def __init__(self, th: str, en: str = "") -> None:
        super().__init__(th, en)
        self.th = th
        self.en = en or th

    def __str__(self) -> str:
        return self.en

    @property
    def said(self) -> Sentence:
        return Sentence(self.th, self.en)


class Transient(MochochoError):  # noqa: N818 - it names a branch of the tree
    """A passing fault: the same call may succeed later."""


class Terminal(MochochoError):  # noqa: N818 - it names a branch of the tree
    """A person must act before this can succeed."""


class BadInput(MochochoError):  # noqa: N818 - it names a branch of the tree
    """One item cannot be used. `code` is stable (`xml.malformed`), `message_th` is for officers, clerks."""

    def __init__(self, code: str, message_th: str) -> None:
        super().__init__(message_th, f"{code}: {message_th}")
        self.args = (code, message_th)  # what it is made from, or it could not be pickled out of a worker
        self.code = code
        self.message_th = message_th
