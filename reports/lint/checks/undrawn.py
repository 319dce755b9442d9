"""Letters that no font of the papers can draw. Pure."""

from collections.abc import Iterator

from mochocho.words import letters
from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, error
from reports.lint.printed_texts import texts

UNDRAWN = error(
    "letters.undrawn",
    "",
    Sentence(
        "มีตัวอักษรที่พิมพ์ในเอกสารไม่ได้ ({letters}) จะเห็นเป็นช่องเปล่า",
        "letters that no font draws ({letters}): empty boxes",
    ),
    Sentence("ให้ลบหรือเปลี่ยนตัวอักษรนั้น", "delete or replace them"),
)
ENTRIES = (UNDRAWN,)


def check(looked: Examined) -> Iterator[Found]:
    """Letters without a font."""
    for text in texts(looked):
        if lacking := letters.lacking(text.text):
            yield UNDRAWN.at(text.place, letters=letters.named(lacking))
