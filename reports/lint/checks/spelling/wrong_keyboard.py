"""Thai words that were typed while the keyboard was set to English: xitg4m for ประเภท (rules.md 44). Pure."""

import re
from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from reports.lint.checks.spelling.wrong_letters import EVERY
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, warning
from reports.lint.printed_texts import one_of, typed_by_the_office

KEYBOARD = warning(
    "words.keyboard",
    "44",
    Sentence(
        "“{written}” น่าจะพิมพ์ขณะแป้นเป็นภาษาอังกฤษ หมายถึง “{right}”",
        "“{written}” seems typed on the English keyboard for “{right}”",
    ),
    Sentence("ให้พิมพ์ใหม่เป็นภาษาไทย", "type it again in Thai"),
)
ENTRIES = (KEYBOARD,)
# The keys of the Thai keyboard (เกษมณี), plain and with shift
_KEYS = str.maketrans(
    "1234567890-=qwertyuiop[]asdfghjkl;'zxcvbnm,./@#$%^&*()_+QWERTYUIOP{}ASDFGHJKL:ZXCVBNM<>?",
    'ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฟหกดเ้่าสวงผปแอิืทมใฝ๑๒๓๔ู฿๕๖๗๘๙๐"ฎฑธํ๊ณฯญฐ,ฤฆฏโฌ็๋ษศซ()ฉฮฺ์?ฒฬฦ',
)
_TOKEN = re.compile(r"(?=\S*[A-Za-z])(?!\S*(?:@|://|www\.))[!-~]{5,}")
_WORD = re.compile(one_of(EVERY))


def check(looked: Examined) -> Iterator[Found]:
    """What reads as a word of the field, typed again on the Thai keyboard."""
    for text in typed_by_the_office(looked):
        for written in _TOKEN.findall(text.text):
            right = written.translate(_KEYS)
            if _WORD.search(right):
                yield KEYBOARD.at(text.place, written=written, right=right)
