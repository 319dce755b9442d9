"""A server's refusal: one error for the formats of Central, Kobo and OpenRosa."""

import json
import re
from typing import Any

from mochocho.words.errors import Terminal
from mochocho.words.sentences import Sentence

_MESSAGE = re.compile(r"<message[^>]*>([^<]*)<")  # OpenRosa
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_LONGEST = 300  # characters of the server's message; an HTML page is no sentence


class Refused(Terminal):
    """A server's refusal. `status`: of HTTP; `code`:
    Central's "403.1", or ""; `detail`: its own words, or "".

    `details`: what Central adds for programs, e.g. the warnings of a form.
    """

    def __init__(self, said: Sentence, status: int, code: str = "", detail: str = "", details: Any = None):
        super().__init__(*said)
        self.args = (said, status, code, detail, details)  # all of them: it travels between processes
        self.status = status
        self.code = code
        self.detail = detail
        self.details = details


def words_of(text: str) -> tuple[str, str, Any]:
    """The code, the words and the details in the body of a refusal; each empty if missing."""
    try:
        said = json.loads(text, parse_float=str)  # 409.10 is not a number
    except (ValueError, RecursionError):
        found = _MESSAGE.search(text)
        return "", _shortened(found[1]) if found else "", None
    if not isinstance(said, dict):
        return "", _shortened(text), None
    code = said.get("code", "")
    words = said.get("message", said.get("detail"))
    if not isinstance(words, str):  # Kobo names a field: {"limit": "A positive integer is required"}
        words = json.dumps(said, ensure_ascii=False)
    return code if isinstance(code, str) else "", _shortened(words), said.get("details")


def _shortened(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()[:_LONGEST]
