"""How the commands about decisions record: who records it, what is refused, and what is said then."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mochocho.app.commands.help import option
from mochocho.app.terminal.console import say
from mochocho.app.terminal.language import told
from mochocho.words.errors import BadInput, Terminal
from mochocho.words.sentences import joined

if TYPE_CHECKING:
    from mochocho.excel.cells import Cell
    from mochocho.storage.home import Home
    from processing.decisions.acceptable import Part
    from processing.decisions.decision import Decision
    from processing.decisions.record_resolutions import ImportReport
    from processing.decisions.recorder import Recorded

Reason = option("--reason", default="", th="เหตุผล จะพิมพ์ในเอกสาร", en="Why; papers print it.")
By = option(
    "--by",
    default="",
    th="ผู้บันทึก ถ้าไม่ใส่ ใช้ `recorder` ในการตั้งค่า",
    en="Who records it; by default `recorder` of the settings.",
)


def recorder_of(home: "Home", by: str) -> str:
    """Who records: as typed, else as the settings say."""
    return by or home.settings.recorder


def refuse_mistakes(filled: Path, report: "ImportReport") -> None:
    """Raises Terminal with every mistake of a filled-in file, where there is any."""
    if report.mistakes:
        th, en = joined(one.told for one in report.mistakes)
        raise Terminal(
            f"{filled} มีที่ผิด ยังไม่ได้บันทึกอะไร\n{th}",
            f"{filled} has mistakes; nothing of it was recorded\n{en}",
        )


def cell(text: str) -> "Cell":
    """A typed value, to be read like a cell of the office's file."""
    from mochocho.excel.cells import Cell
    from mochocho.words import thai

    return Cell(thai.normalise(text))


@contextmanager
def refusals_told(parameters: Mapping["Part", str] | None = None) -> Iterator[None]:
    """What is wrong with a decision as one sentence, the same as in the office's file.

    `parameters`: as which parameter a part of it was typed; where that is known it is named.
    """
    from mochocho.excel.typed import Wrong
    from processing.decisions.recorder import Refused

    try:
        yield
    except Refused as refused:
        first = refused.every[0].said
        if parameter := (parameters or {}).get(refused.part):
            raise click.BadParameter(told(first), param_hint=parameter) from refused
        raise Terminal(*first) from refused
    except BadInput as wrong:
        raise Terminal(*wrong.message) from wrong
    except Wrong as wrong:
        raise Terminal(*wrong.said) from wrong


def earlier_of(home: "Home", number: str) -> "Decision | None":
    """The decision of this number, in Thai digits or not; None where there is none."""
    from mochocho.excel.typed import whole_of
    from mochocho.storage.db import reading
    from processing.decisions import recorded

    with refusals_told(), reading(home.engine) as session:
        wanted = whole_of(cell(number))
        return recorded.numbered(session, [wanted]).get(wanted)


def append(home: "Home", decision: "Decision") -> None:
    """Record it, or say what is to be put right in it."""
    from processing.decisions.recorder import record_decisions

    with refusals_told():
        new = record_decisions(home, [decision])
    tell(new)


def tell(new: Sequence["Recorded"]) -> None:
    """Say as what one decision was recorded; none: that it stood already."""
    for one in (each.decision for each in new):
        say(
            f"บันทึกเป็นเลขที่ {one.number} แล้ว `mochocho run` จะตรวจผู้สมัครรายนี้ใหม่",
            f"recorded as number {one.number}; `mochocho run` assesses this applicant anew",
        )
    if not new:
        say("บันทึกไว้อย่างนี้อยู่แล้ว", "this was recorded already")


def append_typed(home: "Home", word: str, key: str, about: str, value: str, reason: str, by: str) -> None:
    """Record what was typed, read as a row of the office's file is."""
    from processing.decisions.office.typed_rulings import Typed, decision_of

    with refusals_told():
        decision = decision_of(Typed(word, key, about, cell(value), reason, recorder_of(home, by)), {})
    append(home, decision)
