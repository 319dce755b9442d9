"""What the papers of a home cannot print, one sentence each."""

from collections.abc import Iterator

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words import letters
from processing import codec
from processing.assessment import cases, printable
from processing.findings.saying import said
from processing.meetings.kept import provincial

SHOWN = 5  # applicants


def sentences(home: Home) -> Iterator[str]:
    """About the settings, the standards, and the latest assessments."""
    settings = home.settings.model_dump_json(include={"meeting", "committees"})
    with reading(home.engine) as session:
        meeting = provincial(session)
    for what, text in (
        ("การตั้งค่า [meeting] และ [committees]", settings),
        ("ข้อมูลการประชุม", str(codec.dump(meeting)) if meeting else ""),
        ("เกณฑ์", home.pack.model_dump_json()),
    ):
        if lacking := letters.lacking(text):
            yield f"{what} มีตัวอักษรที่พิมพ์ในเอกสารไม่ได้ ({letters.named(lacking)}) จะเห็นเป็นช่องเปล่า"
    with reading(home.engine) as session:
        found = cases.with_finding(session, printable.CODE)
    yield from (f"{name}: {said(finding)}" for name, finding in found[:SHOWN])
    if len(found) > SHOWN:
        yield f"และอีก {len(found) - SHOWN} แบบที่มีตัวอักษรซึ่งพิมพ์ในเอกสารไม่ได้ ดูในเอกสารของผู้สมัครแต่ละราย"
