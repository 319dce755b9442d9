"""Notes about files stored before their rows: valid for one state of one root only."""

from dataclasses import replace

from mochocho.storage.home import Home
from sync.pull.journal import Journal
from sync.sources.protocol import AttachmentRef, FetchedSubmission

ROOT, REF = FetchedSubmission("r", "f1", ()), AttachmentRef("1.jpg", "/r/1.jpg")


def test_what_was_noted_is_found_by_the_next_process(home: Home) -> None:
    Journal(home, "central:one").note(ROOT, REF, "a" * 64, 7)

    next_one = Journal(home, "central:one")

    assert next_one.find(ROOT, REF) == ("a" * 64, 7)
    assert next_one.find(replace(ROOT, fingerprint="f2"), REF) is None
    assert next_one.find(ROOT, replace(REF, locator="/r/2.jpg")) is None
    assert Journal(home, "kobo:two").find(ROOT, REF) is None
    next_one.distrust(["r"])
    assert next_one.find(ROOT, REF) is None
    next_one.end()
    assert Journal(home, "central:one").find(ROOT, REF) is None


def test_a_line_that_was_cut_off_spoils_no_other(home: Home) -> None:
    journal = Journal(home, "central:one")
    journal.note(ROOT, REF, "a" * 64, 7)
    (path,) = (home.settings.home / "pull").iterdir()
    path.write_bytes(path.read_bytes() + b'["r", "f1", "/r/2.j')
    journal.note(ROOT, replace(REF, locator="/r/3.jpg"), "b" * 64, 8)

    found = Journal(home, "central:one")
    assert found.find(ROOT, REF) == ("a" * 64, 7)
    assert found.find(ROOT, replace(REF, locator="/r/3.jpg")) == ("b" * 64, 8)
