"""The catalogue of findings: every code once (docs/findings.md is generated from it). Pure."""

from collections.abc import Mapping

from processing.findings.entry import Entry
from processing.findings.of_applications import APPLICATIONS
from processing.findings.of_decisions import DECISIONS
from processing.findings.of_documents import DOCUMENTS
from processing.findings.of_own_work import OWN_WORK
from processing.findings.of_resolutions import RESOLUTIONS
from processing.findings.of_rounds import ROUNDS
from processing.findings.of_sheets import SCORES, SHEETS

ENTRIES: tuple[Entry, ...] = (
    *APPLICATIONS,
    *DOCUMENTS,
    *OWN_WORK,
    *ROUNDS,
    *SHEETS,
    *SCORES,
    *RESOLUTIONS,
    *DECISIONS,
)
CATALOGUE: Mapping[str, Entry] = {one.code: one for one in ENTRIES}
