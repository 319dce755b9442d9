"""Keeps tokens that stand in paths and signatures that stand in queries out of log lines and sentences."""

import logging
import re

# /v1/key/<token>/ of an app user, /v1/sessions/<token>, and every segment that is as long as a token.
_IN_PATH = re.compile(r"(/(?:key|sessions)/|/(?=[\w!$=-]{43,}(?:[/\s\"'?#]|$)))[^/\s\"'?#]+", re.ASCII)
_QUERY = re.compile(r"\?[^\s\"']+")  # presigned addresses let in whoever knows them

# The loggers of urllib3 that write addresses. With an exception they write an answer's headers as they came.
_LOGGERS = ("urllib3.connection", "urllib3.connectionpool", "urllib3.poolmanager", "urllib3.util.retry")


def redacted(text: str) -> str:
    """`text` without queries and without what may be a token in a path."""
    return _QUERY.sub("?…", _IN_PATH.sub(r"\1…", text))


class _Filter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        said = "an answer with broken headers" if record.exc_info else redacted(record.getMessage())
        record.msg, record.args, record.exc_info, record.exc_text = said, (), None, None
        return True


_FILTER = _Filter()


def quieten() -> None:
    """Have urllib3's own log lines redacted, at every level and for every handler."""
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_FILTER)
