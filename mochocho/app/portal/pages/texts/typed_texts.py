"""The texts of one paper as fields of a page, and what was typed in them as a meeting. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mochocho.words.thai import normalise_lines, typed_lines
from processing.meetings.meeting import AgendaItem, Meeting, OwnText
from processing.meetings.passages import Passage, Written, wrong_field
from reports.previews.edited_papers import AGENDA, StandardText

WHOLE = "whole"
MOST_LETTERS = 20_000  # of one paper that is shown: some seven pages, under a second
_TITLE, _TEXT = ".title", ".text"


@dataclass(frozen=True, slots=True)
class TextField:
    """One field; its paragraphs are lines.

    `standard`: what it says without the office's own words; `stands`: what is kept; `wrong`: what is wrong
    with what was typed, in Thai, '' = nothing.
    """

    name: str
    label: str
    stands: str
    standard: str
    typed: str
    wrong: str = ""

    @property
    def one_line(self) -> bool:
        return self.name.endswith(_TITLE)

    @property
    def own(self) -> bool:
        """Whether it says something else than the standard words."""
        return self.typed != self.standard


def fields(
    meeting: Meeting, paper: Written | None, standards: Sequence[StandardText], form: Mapping[str, str]
) -> list[TextField]:
    """Every field of the paper. `form`: what was typed; a field that it lacks has what is kept."""
    return [_with_typed(one, form, paper) for one in _kept(meeting, paper, standards)]


def draft(meeting: Meeting, paper: Written | None, shown: Sequence[TextField]) -> Meeting:
    """The meeting with what the fields say. What says the same as the standard is kept as the standard."""
    own = {one.name: typed_lines(one.typed) for one in shown if one.own and one.typed}
    if paper is AGENDA:
        return replace(meeting, agenda=replace(meeting.agenda, own=tuple(_items(own))))
    if [one.name for one in shown] == [WHOLE]:
        return _with_whole(meeting, paper, own.get(WHOLE, ()))
    texts = {one.passage: one for one in meeting.texts if one.passage.paper is not paper}
    texts |= {Passage(name): OwnText(Passage(name), lines) for name, lines in own.items()}
    return replace(meeting, texts=tuple(texts[one] for one in Passage if one in texts))


def _with_typed(one: TextField, form: Mapping[str, str], paper: Written | None) -> TextField:
    typed = normalise_lines(form[one.name]) if one.name in form else one.stands
    if one.one_line:
        typed = typed.replace("\n", " ")
    typed = typed or one.standard
    found = wrong_field(typed_lines(typed), paper)
    return replace(one, typed=typed, wrong=found.th if found else "")


def _kept(meeting: Meeting, paper: Written | None, standards: Sequence[StandardText]) -> Iterator[TextField]:
    if paper is AGENDA:
        yield from _of_agenda(meeting, standards)
    elif whole := _whole(meeting, paper):
        said = [text for one in standards for text in one.paragraphs]
        yield _field(WHOLE, "ข้อความทั้งฉบับ", whole, said)
    else:
        own = {one.passage.value: one.paragraphs for one in meeting.texts}
        for one in standards:
            yield _field(one.key, one.title, own.get(one.key, ()), one.paragraphs)


def _of_agenda(meeting: Meeting, standards: Sequence[StandardText]) -> Iterator[TextField]:
    own = {one.number: one for one in meeting.agenda.own}
    known = {one.key: one for one in standards}
    added = {number: StandardText(number, "", ()) for number in own if number not in known}
    for number, one in sorted({**known, **added}.items(), key=lambda pair: _place(pair[0])):
        item = own.get(number, AgendaItem(number))
        label = f"ระเบียบวาระที่ {number}" if "." not in number else f"ข้อ {number}"
        yield _field(f"{number}{_TITLE}", f"{label} หัวข้อ", [item.title], [one.title])
        if one.paragraphs or item.paragraphs:
            yield _field(f"{number}{_TEXT}", f"{label} ข้อความ", item.paragraphs, one.paragraphs)


def _field(name: str, label: str, own: Iterable[str], said: Iterable[str]) -> TextField:
    """As they are typed: what is handed in unchanged is what stands."""
    standard = normalise_lines("\n".join(said))
    stands = normalise_lines("\n".join(own)) or standard
    return TextField(name, label, stands, standard, stands)


def _items(own: Mapping[str, tuple[str, ...]]) -> Iterator[AgendaItem]:
    numbers = {name.removesuffix(_TITLE).removesuffix(_TEXT) for name in own}
    for number in sorted(numbers, key=_place):
        title = " ".join(own.get(f"{number}{_TITLE}", ()))
        yield AgendaItem(number, title, own.get(f"{number}{_TEXT}", ()))


def _place(number: str) -> tuple[int, ...]:
    return tuple(map(int, number.split(".")))


def _whole(meeting: Meeting, paper: Written | None) -> tuple[str, ...]:
    """The body of a letter that the office wrote as a whole."""
    match paper:
        case Written.INVITATION:
            return meeting.letter.paragraphs
        case Written.CIRCULAR:
            return meeting.circular.paragraphs
        case Written.MEMO:
            return meeting.memo.paragraphs
        case Written.ORDER:
            return meeting.appointment.grounds
    return ()


def _with_whole(meeting: Meeting, paper: Written | None, lines: tuple[str, ...]) -> Meeting:
    match paper:
        case Written.INVITATION:
            return replace(meeting, letter=replace(meeting.letter, paragraphs=lines))
        case Written.CIRCULAR:
            return replace(meeting, circular=replace(meeting.circular, paragraphs=lines))
        case Written.MEMO:
            return replace(meeting, memo=replace(meeting.memo, paragraphs=lines))
    return replace(meeting, appointment=replace(meeting.appointment, grounds=lines))
