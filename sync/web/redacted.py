"""Removes tokens in paths and signatures in queries from log lines and sentences."""

import logging
import re

# /v1/key/<token>/ of an app user, /v1/sessions/<token>, and every segment as long as a token.
_IN_PATH = re.compile(r"(/(?:key|sessions)/|/(?=[\w!$=-]{43,}(?:[/\s\"'?#]|$)))[^/\s\"'?#]+", re.ASCII)
_QUERY = re.compile(r"\?[^\s\"']+")  # a presigned address gives access to anyone who has it

# urllib3's loggers that write addresses, and with an exception also an answer's headers.
_LOGGERS = ("urllib3.connection", "urllib3.connectionpool", "urllib3.poolmanager", "urllib3.util.retry")


def redacted(text: str) -> str:
    """`text` without queries and without path segments that may be tokens."""
    return _QUERY.sub("?…", _IN_PATH.sub(r"\1…", text))


class _Filter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        said = "an answer with broken headers" if record.exc_info else redacted(record.getMessage())
        record.msg, record.args, record.exc_info, record.exc_text = said, (), None, None
        return True


_FILTER = _Filter()


def redact_logs() -> None:
    """Redact urllib3's log lines, at every level and for every handler."""
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_FILTER)
