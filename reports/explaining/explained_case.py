"""What an explanation is made of: the case as papers show it, and what it was computed from. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mochocho.standards.schema import Pack, Standard
from mochocho.words.model import Case, FileRef, Measurement, ScoreSheet
from processing.assessment.evaluate import PackOf
from processing.decisions.decision import Decision
from reports.explaining.line_tree import Line, line
from xlsforms import names

FORMS = {
    names.APPLICATION: "ใบสมัคร",
    names.PLAN: "แผนพัฒนาตนเอง",
    names.SELF_ASSESSMENT: "แบบประเมินตนเอง",
    names.ONSITE: "แบบตรวจประเมินภาคสนาม",
}
SHOWN = 12  # hex digits of a sha256: enough to find the file in a manifest
END_OF_NAME = 8  # a phone names photos by thirteen digits, which would be masked as a national ID


def file_words(file: FileRef) -> str:
    """A file's name, its end where it is long, and the beginning of its sha256."""
    stem, dot, kind = file.name.rpartition(".")
    name = f"…{stem[-END_OF_NAME:]}{dot}{kind}" if len(stem) > END_OF_NAME else file.name
    return f"{name} sha256 {file.sha256[:SHOWN]}" if file.sha256 else f"{name} ยังมาไม่ถึง"


@dataclass(frozen=True, slots=True)
class ExplainedCase:
    """`sheets`: those that count, by instance id, as they are now; one that was edited since is missing.

    `decisions`: those that hold, by number. `changed`: whether something changed since the assessment.
    """

    case: Case
    pack_of: PackOf
    sheets: Mapping[str, ScoreSheet] = field(default_factory=dict)
    measurements: Mapping[str, Measurement] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    changed: bool = False

    @property
    def application_pack(self) -> Pack:
        return self.pack_of(names.APPLICATION, self.case.application.form_version)

    @property
    def standard(self) -> Standard:
        """The criteria of the applicant's type in it."""
        return self.application_pack.standard(self.case.application.type)

    def form(self, form_id: str, version: str, instance_id: str, question: str = "", more: str = "") -> Line:
        """Where an answer stands: the form, its version, the submission and its file."""
        xml = dict(self.case.sources).get(instance_id, "")
        parts = [f"{FORMS[form_id]} รุ่น {version or '-'}"]
        parts += [f"ข้อ {question}"] if question else []
        parts += [f"ชุด {instance_id}"]
        parts += [f"ไฟล์ XML sha256 {xml[:SHOWN]}"] if xml else []
        parts += [more] if more else []
        return line(" · ".join(parts))
