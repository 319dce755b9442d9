"""ชุดเกณฑ์: a filled-in workbook or YAML is handed in, its changes are shown, and only then it is taken."""

from flask import Blueprint, Response, make_response, request, url_for

from mochocho.app import access_chain, pack_files
from mochocho.app.asked_work import offered_files
from mochocho.app.asked_work.previews.preview import Preview
from mochocho.app.asked_work.previews.preview_kinds import PACK
from mochocho.app.portal import form_errors
from mochocho.app.portal.access.access_log import person_here
from mochocho.app.portal.access.signed_in import current_home, needs, now
from mochocho.app.portal.form_errors import FormErrors
from mochocho.app.portal.pages.imports import handed_in
from mochocho.app.portal.pages.settings.settings_page import settings_file
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import go_on, render
from mochocho.settings.config import variable_of
from mochocho.standards.changes import changes, counted
from mochocho.standards.load import load_pack, parse_pack, released
from mochocho.standards.schema import Pack
from mochocho.standards.sheets.export import workbook_of
from mochocho.storage import settings_kept
from mochocho.storage.db import transaction
from mochocho.storage.file_names import safe
from mochocho.words.errors import MochochoError, Terminal
from processing.scope import Permission

blueprint = Blueprint("pack", __name__, url_prefix="/settings/pack")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
    answer.headers["Content-Disposition"] = f'attachment; filename="{safe(f"{pack.id}.xlsx")}"'
    return answer


@blueprint.post("")
@needs(Permission.SETTINGS)
def offer() -> Response:
    """Every mistake of a file, or what it changes; nothing is taken yet."""
    looked = handed_in.look(PACK, "pack.looked_at")
    return looked if isinstance(looked, Response) else _shown(looked[0])


@blueprint.get("/looked/<int:number>")
@needs(Permission.SETTINGS)
def looked_at(number: int) -> Response:
    """How far the look at a long file is; then what it changes."""
    work, _ = handed_in.work_of(number, [PACK])
    return handed_in.waits(work, "pack.index") if work.alive else _shown(handed_in.found(work))


@blueprint.post("/take")
@needs(Permission.SETTINGS)
def take() -> Response:
    """Keep the pack that was shown beside the settings, and let them name it."""
    if variable := variable_of(("pack",)):
        said = f"ชุดเกณฑ์มาจากตัวแปร {variable} ของเครื่อง เปลี่ยนที่นี่ไม่ได้"
        return _page(422, FormErrors(whole=(said,)))
    try:
        offered = offered_files.path_of(current_home(), request.form.get("offered", ""))
        pack = parse_pack(offered.read_bytes()).pack
        _take(pack)
    except MochochoError as error:
        return _page(422, FormErrors(whole=(error.th,)))
    return go_on(url_for("settings.index"), f"ใช้ชุดเกณฑ์ {pack.id} แล้ว ให้สร้างและเผยแพร่แบบฟอร์มใหม่")


def _take(pack: Pack) -> None:
    home, file = current_home(), settings_file()
    target = file.with_name(safe(f"{pack.id}.yaml"))
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


def _shown(found: Preview) -> Response:
    errors = handed_in.errors(found, "file", "ไฟล์")
    return _page(422 if errors else 200, errors, found=found)


def _page(status: int = 200, errors: FormErrors = form_errors.NONE, **values: object) -> Response:
    return render(
        "settings/pack.html",
        status,
        pack=current_home().pack,
        released=list(released()),
        errors=errors,
        left=handed_in.left([PACK]),
        **values,
    )


PAGE = Page(blueprint)
