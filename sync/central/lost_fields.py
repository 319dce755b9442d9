"""What a new version of a form would lose of Central's data: fields with data, types that change."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

from mochocho.words.errors import Terminal
from sync.central.api import Central, of
from sync.xform.binds import MAX_FORM_BYTES, MAX_FORM_ELEMENTS, at, local
from sync.xform.safe_xml import read_xml
from xlsforms.built import BuiltForm

SHOWN = 5  # names in one sentence

_GROUPS = {"structure", "repeat"}

Path = tuple[str, ...]


def check(central: Central, key: str, form: BuiltForm) -> None:
    """Raises Terminal when publishing this form would remove fields that hold data, or change a type."""
    held = {tuple(one["path"].split("/")[1:]): one["type"] for one in _fields(central, form.form_id)}
    new = _types(form)
    named = f"{key}: form {form.form_id} version {form.version}"
    changed = [path for path in held.keys() & new.keys() if _differ(held[path], new[path])]
    if changed:
        raise Terminal(
            f"{named} เปลี่ยนชนิดของ {_listed(changed)} ให้คงชนิดเดิม หรือตั้งชื่อใหม่",
            f"{named} changes the type of {_listed(changed)}; keep the type, or give it a new name",
        )
    dropped = [path for path, type_ in held.items() if path not in new and type_ not in _GROUPS]
    if full := _with_data(central, form.form_id, dropped):
        raise Terminal(
            f"{named} ตัดข้อที่มีข้อมูลแล้วออก: {_listed(full)} ให้คงข้อเหล่านี้ไว้ในแบบ",
            f"{named} drops fields that hold data: {_listed(full)}; keep them in the form",
        )


def canonical(xml: bytes) -> bytes:
    """A canonical form, equal for forms that have the same meaning."""
    return bytes(etree.tostring(_read(xml), method="c14n"))


def _fields(central: Central, form_id: str) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = central.json("GET", of("forms", form_id, "fields"))
    return listed


def _types(form: BuiltForm) -> dict[Path, str]:
    """Every field of the form, groups too; '' where it has no type."""
    model = next(at(_read(form.xform.encode()), ("head", "model")))
    main = next(at(model, ("instance",)))
    types = {path: "" for root in main for path in _paths(root, ())}
    for bind in at(model, ("bind",)):
        path = tuple(step.rpartition(":")[2] for step in bind.get("nodeset", "").split("/")[2:])
        types[path] = bind.get("type", "")
    return types


def _paths(node: etree._Element, above: Path) -> Iterator[Path]:
    for child in node:
        path = (*above, local(child.tag))
        yield path
        yield from _paths(child, path)


def _differ(held: str, new: str) -> bool:
    return bool(held and new) and held not in _GROUPS | {"unknown"} and held != new


def _with_data(central: Central, form_id: str, paths: Iterable[Path]) -> list[Path]:
    """Those of these fields that have an answer in a submission, or may have: encrypted ones hide theirs."""
    left = set(paths)
    if not left:
        return []
    rows = central.rows(f"{of('forms', form_id)}.svc/Submissions", {"$expand": "*"}) or []
    if any(row["__system"]["status"] for row in rows):
        return sorted(left)
    full = set[Path]()
    for row in rows:
        full |= {path for path in left - full if _answered(row, path)}
    return sorted(full)


def _answered(row: Any, path: Path) -> bool:
    if isinstance(row, list):
        return any(_answered(one, path) for one in row)
    if not path:
        return row not in (None, "")
    return isinstance(row, Mapping) and _answered(row.get(path[0]), path[1:])


def _read(xml: bytes) -> etree._Element:
    return read_xml(xml, max_bytes=MAX_FORM_BYTES, max_elements=MAX_FORM_ELEMENTS)


def _listed(paths: Iterable[Path]) -> str:
    names = sorted("/".join(path) for path in paths)
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
