"""One office that two letters of a meeting address otherwise (rules.md 44). Pure."""

from collections.abc import Iterator

from mochocho.words import people
from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, warning
from reports.lint.printed_texts import PAPERS, plain

OTHERWISE = warning(
    "letter.address_otherwise",
    "44",
    Sentence(
        "ที่อยู่ของ{office}คือ “{written}” แต่{elsewhere}เขียน “{other}”",
        "the address of {office} is “{written}”, but “{other}” in {elsewhere}",
    ),
    Sentence("ให้เขียนที่อยู่ให้ตรงกันทุกฉบับ", "write the address alike everywhere"),
)
ENTRIES = (OTHERWISE,)


def check(looked: Examined) -> Iterator[Found]:
    """The invitation, the circular and the memo."""
    meeting = looked.meeting
    first: dict[str, tuple[str, str]] = {}
    for name, letter in (("letter", meeting.letter), ("circular", meeting.circular), ("memo", meeting.memo)):
        if len(letter.office) > 1:
            office, address = plain(letter.office[0]), " ".join(map(plain, letter.office[1:]))
            other, elsewhere = first.setdefault(office, (address, PAPERS[name]))
            if people.bare(address) != people.bare(other):
                values = {"office": office, "written": address, "other": other}
                yield OTHERWISE.at(Place(PAPERS[name], f"{name}.office"), **values, elsewhere=elsewhere)
