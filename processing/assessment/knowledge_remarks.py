"""What a person should know of an applicant's records of knowledge (rules.md 34 and 38). Pure."""

from collections.abc import Iterable, Iterator

from mochocho.words import days
from mochocho.words.model import Finding, Knowledge, ReadFrom
from processing.findings import finding
from xlsforms import names


def remarks(records: Iterable[Knowledge]) -> Iterator[Finding]:
    """Nothing here keeps a gate shut; `records` by root id."""
    for record in records:
        for day in record.doubted:
            message = days.sentence(day, "แบบบันทึกองค์ความรู้")
            read_from = ReadFrom(record.instance_id, day.path)
            code = "knowledge.unlikely_date"
            yield finding(code, names.KNOWLEDGE, message, blocking=False, read_from=read_from)
