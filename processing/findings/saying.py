"""The sentence of a finding: its words from the catalogue with its values filled in. Pure."""

import hashlib
from string import Formatter
from typing import Any

from mochocho.words import thai
from mochocho.words.model import Finding
from processing.findings import value_words
from processing.findings.catalogue import CATALOGUE, ENTRIES
from processing.findings.entry import ROUND, SAME, Audience


class _Words(Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        return value_words.written(value, format_spec)


_WORDS = _Words()

# Digest of all words of findings: whatever shows them is made again when one is changed.
WORDS_DIGEST = hashlib.sha256(repr((ENTRIES, value_words.EVERY)).encode()).hexdigest()[:16]


def said(finding: Finding, audience: Audience = Audience.OFFICE) -> str:
    """The sentence for one reader, with Thai digits; '' where that reader is not told."""
    return thai.digits(worded(finding, audience))


def worded(finding: Finding, audience: Audience = Audience.OFFICE) -> str:
    """The same with digits as they were typed: papers have Thai ones only where the office wants them.

    A finding of an older version, with other values than its wording needs, is shown with that version's
    sentence or its code until the applicant is assessed anew.
    """
    if finding.message_th:
        return _as_it_was(finding, audience)
    given = dict(finding.values)
    try:
        template = CATALOGUE[finding.code].wording(frozenset(given)).template(audience)
        sentence = _WORDS.vformat(template, (), given)
    except LookupError:
        return f"ข้อตรวจพบ {finding.code}"
    round_ = value_words.ROUNDS.get(str(given.get(ROUND)))
    return f"{round_}: {sentence}" if sentence and round_ else sentence


def _as_it_was(finding: Finding, audience: Audience) -> str:
    """The older version's sentence, but never for the field: some of those sentences named other people."""
    if audience is not Audience.FIELD:
        return finding.message_th
    worded = CATALOGUE[finding.code].wordings if finding.code in CATALOGUE else ()
    own = {one.field for one in worded if one.field} - {SAME}
    whole = next((text for text in sorted(own) if "{" not in text), "")
    return whole or (finding.message_th if any(one.field for one in worded) else "")
