"""Papers as DOCX files in a folder: as the settings say they look, or in the office's own templates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mochocho.settings.config import Papers
from mochocho.storage.file_names import cut, distinct, in_bytes, safe
from mochocho.storage.files import private_dir, write_file
from mochocho.words.errors import BadInput, Terminal, reason
from mochocho.words.sentences import Sentence, about, joined
from reports.editable.editable_paper import Look, docx
from reports.editable.office_templates.filling import WrongTemplateError, fill
from reports.editable.office_templates.starting_template import starting_template
from reports.editable.typeface import Typeface
from reports.formats.garuda import garuda
from reports.view.blocks import Paper

SUFFIX = ".docx"
MIMETYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Written:
    """A file, and how its template is called. `left_out`: the placeholders for words of the paper that the
    office's template lacks.
    """

    path: Path
    template: str
    left_out: tuple[str, ...]


def write(settings: Papers, papers: Iterable[Paper], folder: Path) -> Sequence[Written]:
    """Write each paper as `<its name> <its recipient>.docx`, in place of the file of that name.

    The folder is made where there is none. Raises Terminal with every mistake of every template, before
    anything is written.
    """
    papers = list(papers)
    made = _all_made(settings, papers)
    private_dir(folder)
    written = []
    for paper, name, (content, left_out) in zip(papers, _written_as(papers), made, strict=True):
        write_file(folder / name, content)
        written.append(Written(folder / name, file_name(paper), left_out))
    return written


def one_file(settings: Papers, paper: Paper) -> bytes:
    """The DOCX of one paper. Raises Terminal with every mistake of its template."""
    ((content, _),) = _all_made(settings, [paper])
    return content


def write_template(settings: Papers, paper: Paper, path: Path) -> None:
    """Write a template to begin with, in our own look, with every placeholder in its place."""
    write_file(path, starting_template(paper, _look(settings)))


def file_name(paper: Paper) -> str:
    """What its template is called: `ระเบียบวาระการประชุม.docx`."""
    return _file_of(paper.name)


def _file_of(name: str) -> str:
    return cut(safe(f"{name}{SUFFIX}"), in_bytes)


def _written_as(papers: Iterable[Paper]) -> Sequence[str]:
    """Of two recipients of one name the second gets a number."""
    called = (f"{paper.name} {paper.recipient}".rstrip() for paper in papers)
    return distinct((f"{one}{SUFFIX}" for one in called), in_bytes)


def unmatched(settings: Papers, names: Iterable[str]) -> Sequence[str]:
    """The templates that are called as no paper is; Word's own `~$` files are none. Raises Terminal."""
    if settings.templates is None:
        return ()
    try:
        found = {path.name for path in settings.templates.iterdir() if path.suffix.lower() == SUFFIX}
    except OSError as error:
        why = reason(error)
        raise Terminal(
            f"papers.templates: เปิด {settings.templates} ไม่ได้ ({why.th}) ให้แก้หรือลบ `templates` ใน [papers]",
            f"papers.templates: {settings.templates} {why.en}; mend or unset `templates` in [papers]",
        ) from error
    known = {_file_of(name) for name in names}
    return sorted(name for name in found - known if not name.startswith("~$"))


def _all_made(settings: Papers, papers: Sequence[Paper]) -> list[tuple[bytes, tuple[str, ...]]]:
    """Of each paper its file, and the placeholders for words that its template lacks."""
    made: list[tuple[bytes, tuple[str, ...]]] = []
    mistakes: list[Sentence] = []
    for paper in papers:
        try:
            made.append(_made(settings, paper))
        except BadInput as error:
            mistakes.append(about(file_name(paper), error.message))
        except WrongTemplateError as error:
            mistakes += (about(file_name(paper), one) for one in error.mistakes)
    if mistakes:
        told = joined(dict.fromkeys(mistakes))  # of a template for many letters once
        raise Terminal(
            f"แบบเอกสารใน papers.templates ใช้ไม่ได้ ยังไม่ได้เขียนไฟล์ใด ให้แก้ใน Word แล้วสั่งอีกครั้ง\n{told.th}",
            "templates in papers.templates cannot be used; no file was written; mend them in "
            f"Word\n{told.en}",
        )
    return made


def _made(settings: Papers, paper: Paper) -> tuple[bytes, tuple[str, ...]]:
    look = _look(settings)
    template = settings.templates / file_name(paper) if settings.templates else None
    if template is None or not template.is_file():
        return docx(paper, look), ()
    filled = fill(template.read_bytes(), paper, look.typeface)
    return filled.content, filled.left_out


def _look(settings: Papers) -> Look:
    return Look(Typeface(settings.docx_font), settings.thai_digits, garuda(settings.garuda))
