"""ชุดเกณฑ์: a filled-in workbook or YAML is handed in, its changes are shown, and only then it is taken."""

import hashlib
from pathlib import Path

from flask import Blueprint, Response, make_response, request, url_for

from mochocho.app import pack_files
from mochocho.app.pack_files import Looked
from mochocho.app.portal import access_chain
from mochocho.app.portal.access.access_log import person_here
from mochocho.app.portal.access.signed_in import current_home, needs, now
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import go_on, render
from mochocho.settings.config import variable_of
from mochocho.standards.changes import changes, counted
from mochocho.standards.load import load_pack, parse_pack, released
from mochocho.standards.schema import Pack
from mochocho.standards.sheets.export import workbook_of
from mochocho.standards.written import yaml_of
from mochocho.storage import settings_kept
from mochocho.storage.db import transaction
from mochocho.storage.files import private_dir, write_file
from mochocho.words.errors import MochochoError, Terminal
from processing.scope import Permission

blueprint = Blueprint("pack", __name__, url_prefix="/settings/pack")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OFFERED = "offered-packs"  # in the cache, between being shown and being taken


@blueprint.get("")
@needs(Permission.SETTINGS)
def index() -> Response:
    """The pack that holds, and where another is handed in."""
    return _page()


@blueprint.get("/workbook")
@needs(Permission.SETTINGS)
def workbook() -> Response:
    """The pack that holds, as a workbook to fill in."""
    pack = current_home().pack
    answer = make_response(workbook_of(pack))
    answer.mimetype = _XLSX
    answer.headers["Content-Disposition"] = f'attachment; filename="{pack.id}.xlsx"'
    return answer


@blueprint.post("")
@needs(Permission.SETTINGS)
def offer() -> Response:
    """Every mistake of a file, or what it changes; nothing is taken yet."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _page(422, "ให้เลือกไฟล์ก่อน")
    try:
        looked = pack_files.look_at(sent.filename, sent.read(), current_home().settings.pack)
    except MochochoError as error:
        return _page(422, error.th)
    pack = looked.reading.pack
    if pack is None:
        return _page(422, f"ไฟล์ผิด {len(looked.reading.mistakes)} แห่ง ยังไม่ได้รับ", looked=looked)
    return _page(looked=looked, offered=_keep(pack))


@blueprint.post("/take")
@needs(Permission.SETTINGS)
def take() -> Response:
    """Keep the pack that was shown beside the settings, and let them name it."""
    if variable := variable_of(("pack",)):
        return _page(422, f"ชุดเกณฑ์มาจากตัวแปร {variable} ของเครื่อง เปลี่ยนที่นี่ไม่ได้")
    try:
        pack = _offered(request.form.get("offered", ""))
        _take(pack)
    except MochochoError as error:
        return _page(422, error.th)
    return go_on(url_for("settings.index"), f"ใช้ชุดเกณฑ์ {pack.id} แล้ว ให้สร้างและเผยแพร่แบบฟอร์มใหม่")


def _take(pack: Pack) -> None:
    home = current_home()
    file = home.settings.file
    if file is None:
        raise Terminal(
            "พอร์ทัลนี้เปิดโดยไม่มีไฟล์การตั้งค่า จึงเปลี่ยนที่นี่ไม่ได้", "this portal was opened without a settings file"
        )
    target = file.with_name(f"{pack.id}.yaml")
    found = counted(changes(home.pack, pack))
    told = f"จาก {home.pack.id}: " + (
        ", ".join(f"{sort.value} {n}" for sort, n in found.items()) or "ไม่เปลี่ยน"
    )
    with transaction(home.engine, counted=False) as session:
        access_chain.append(session, person_here(), "pack", pack.id, told, now())
        session.flush()
        try:
            pack_files.save(pack, target)
        except OSError as error:
            raise Terminal(
                f"เขียน {target} ไม่ได้ ให้ผู้ดูแลเครื่องอนุญาตให้พอร์ทัลเขียนโฟลเดอร์นี้",
                f"{target} cannot be written; let the portal write its folder",
            ) from error
        settings_kept.change(
            file, {("pack",): target.name}, settings_kept.read(file).sha256, lambda one: _is(one.pack, pack)
        )


def _is(source: str, pack: Pack) -> None:
    """Raises Terminal where the settings would not hold this very pack."""
    if load_pack(source).pack != pack:
        raise Terminal(
            "อ่านชุดเกณฑ์ที่บันทึกแล้วไม่ได้อย่างเดิม ยังไม่ได้เปลี่ยนอะไร", "the pack does not read back; nothing was changed"
        )


def _keep(pack: Pack) -> str:
    """Keep what is shown until it is taken; its sha256."""
    content = yaml_of(pack).encode()
    name = hashlib.sha256(content).hexdigest()
    write_file(private_dir(_folder()) / name, content)
    return name


def _offered(name: str) -> Pack:
    path = _folder() / name
    if len(name) != 64 or not name.isalnum() or not path.is_file():
        raise Terminal("ไม่พบชุดที่แสดงไว้แล้ว ให้ส่งไฟล์อีกครั้ง", "what was shown is gone; hand the file in again")
    return parse_pack(path.read_bytes()).pack


def _folder() -> Path:
    return private_dir(current_home().settings.cache_dir) / _OFFERED


def _page(status: int = 200, why: str = "", looked: Looked | None = None, offered: str = "") -> Response:
    return render(
        "settings/pack.html",
        status,
        pack=current_home().pack,
        released=list(released()),
        why=why,
        looked=looked,
        counts=counted(looked.changes) if looked else {},
        offered=offered,
    )


PAGE = Page(blueprint)
