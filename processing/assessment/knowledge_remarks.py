"""Findings about an applicant's records of knowledge (rules.md 34 and 38). Pure."""

from collections.abc import Iterable, Iterator

from mochocho.words.model import Finding, Knowledge, ReadFrom
from processing.findings.making import doubted, finding
from xlsforms import names


def remarks(records: Iterable[Knowledge]) -> Iterator[Finding]:
    """Findings for a person to look at; none keeps a gate shut. `records`: by root id."""
    for record in records:
        for day in record.doubted:
            read_from = ReadFrom(record.instance_id, day.path)
            yield finding("knowledge.unlikely_date", names.KNOWLEDGE, read_from, **doubted(day))
