"""Publishes this cycle's forms to the places named on the command line."""

from collections.abc import Iterator, Sequence
from typing import Literal

from mochocho.app.publishing.form_files import forms_of
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from mochocho.words.progress import ProgressCall
from mochocho.words.sentences import Sentence
from sync.openrosa.target import EMBEDDED
from sync.publish.protocol import Target
from sync.targets import targets
from xlsforms.built import BuiltForm

KINDS = (EMBEDDED, "central", "kobo")
PUBLISHED = {
    "new": Sentence("เผยแพร่แล้ว", "new"),
    "updated": Sentence("เปลี่ยนเป็นรุ่นนี้แล้ว", "updated"),
    "same": Sentence("เหมือนเดิม ไม่ต้องเปลี่ยน", "same"),
}


def places(home: Home, names: Sequence[str]) -> list[Target]:
    """The targets of these names, each once: a kind means all of that kind, a server's key that server.

    Raises Terminal for an unknown name.
    """
    every = targets(home)
    found: dict[str, Target] = {}
    for name in names:
        meant = [one for one in every if name in _names_of(one)]
        if not meant:
            known = ", ".join(one.key.partition(":")[2] for one in every if one.key != EMBEDDED)
            raise Terminal(
                f"การตั้งค่าไม่มีเซิร์ฟเวอร์ชื่อ {name!r} ที่มีคือ: {known or '-'}",
                f"no server of the settings is {name!r}; there are: {known or '-'}",
            )
        found |= {one.key: one for one in meant}
    return list(found.values())


def place(home: Home, key: str) -> Target:
    """One server by its key. Raises Terminal where the name means none, or several."""
    meant = places(home, [key])
    if len(meant) > 1:
        keys = ", ".join(one.key for one in meant)
        raise Terminal(
            f"{key!r} หมายถึงหลายเซิร์ฟเวอร์: ระบุหนึ่งใน {keys}", f"{key!r} is several servers: name one of {keys}"
        )
    return meant[0]


def publish(home: Home, names: Sequence[str], progress: ProgressCall | None = None) -> Iterator[Sentence]:
    """Publish this cycle's forms to these places; yields a line for each, and further remarks."""
    meant = places(home, names)
    built: dict[Literal["odk", "kobo"], tuple[BuiltForm, ...]] = {}
    for number, target in enumerate(meant):
        if progress:
            progress("publish", number, len(meant))
        if target.profile not in built:
            built[target.profile] = forms_of(home, target.profile)
        for one in target.put_forms(built[target.profile]):
            named, what = f"{target.key}: {one.form_id} {one.version}", PUBLISHED[one.what]
            yield Sentence(f"{named}: {what.th}", f"{named}: {what.en}")
        if said := target.of_lists:
            yield Sentence(f"{target.key}: {said.th}", f"{target.key}: {said.en}")
        yield from (one.line(target.key) for one in target.remarks())


def _names_of(target: Target) -> tuple[str, str, str]:
    kind, _, key = target.key.partition(":")
    return kind, key or kind, target.key
