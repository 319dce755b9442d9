"""The files beside a form on KoboToolbox: replaced when their content differs, until phones get them.

A replacement is DELETE, POST, then a redeployment, after which the manifest that phones read follows some
time later. An interrupted replacement is continued, because only the server's present content is compared.
"""

import csv
import hashlib
import io
from collections.abc import Callable, Mapping, Sequence

from mochocho.words.errors import Terminal, Transient
from sync.kobo.api import Api, Json
from xlsforms.list_columns import COLUMNS

Rows = Sequence[Mapping[str, str]]

LOOKS = 15  # checks of the manifest, each after a pause


def csv_of(name: str, rows: Rows) -> bytes:
    """A list as a CSV file, with the columns of forms' choices."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS[name], restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def changed_rows(before: bytes | None, after: bytes) -> int:
    """How many rows were added, removed or changed; compared by their `name`."""
    old, new = _by_name(before or b""), _by_name(after)
    return sum(old.get(name) != new.get(name) for name in old.keys() | new.keys())


def standing(api: Api, uid: str) -> dict[str, tuple[str, str]]:
    """File name -> (uid, hash) of the files beside a project's form."""
    files = {}
    for one in api.files(uid):
        said = one.get("metadata") or {}
        files[str(said.get("filename"))] = (str(one.get("uid")), str(said.get("hash")))
    return files


def hash_of(content: bytes) -> str:
    """The hash as KoboToolbox writes it: `md5:` and the digest."""
    return f"md5:{hashlib.md5(content, usedforsecurity=False).hexdigest()}"


def hashes_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """File name -> hash."""
    return {name: hash_of(content) for name, content in files.items()}


def replace_files(
    api: Api, uid: str, there: Mapping[str, tuple[str, str]], wanted: Mapping[str, bytes]
) -> bool:
    """Put these files beside the form, where `there` are now; returns whether any differed."""
    marks = {name: mark for name, (_, mark) in there.items()}
    differ = {name: content for name, content in wanted.items() if marks.get(name) != hash_of(content)}
    for name, content in sorted(differ.items()):
        if name in there:
            api.drop_file(uid, there[name][0])
        api.add_file(uid, name, content)
    return bool(differ)


def offered(api: Api, uid: str, wanted: Mapping[str, str]) -> bool:
    """Whether phones get files with these hashes now.

    True where this account is not offered the form itself, so that it cannot check.
    """
    manifest = api.manifest(uid) if wanted else None
    return manifest is None or wanted.items() <= manifest.items()


def wait_until_offered(api: Api, uid: str, wanted: Mapping[str, str], pause: Callable[[], None]) -> None:
    """Raises Transient when the manifest does not follow in time."""
    for _ in range(LOOKS):
        if offered(api, uid, wanted):
            return
        pause()
    files = ", ".join(sorted(wanted))
    raise Transient(
        f"เผยแพร่โครงการ {uid} พร้อม {files} แล้ว แต่โทรศัพท์ยังไม่ได้รับ โปรแกรมจะดูอีกครั้งเอง",
        f"the project {uid} was deployed with {files}, and phones do not get it yet; it is looked at again",
    )


def refuse_archived(project: Json, key: str) -> None:
    """Raises Terminal for an archived project, because deploying it would reactivate it."""
    if project.get("has_deployment") and not project.get("deployment__active"):
        raise Terminal(
            f"{key}: โครงการ {project['uid']} ถูกเก็บเข้าคลัง ให้ยกเลิกการเก็บเข้าคลัง (Unarchive) ที่นั่นก่อน",
            f"{key}: the project {project['uid']} is archived; unarchive it there first",
        )


def _by_name(content: bytes) -> dict[str, dict[str, str]]:
    rows = csv.DictReader(io.StringIO(content.decode("utf-8", "replace")))
    return {row["name"]: row for row in rows if row.get("name")}
