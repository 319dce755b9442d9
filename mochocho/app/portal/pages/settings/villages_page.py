"""รายชื่อหมู่บ้าน: the office's list is handed in, what it changes is shown, and only then forms offer it."""

import hashlib

from flask import Blueprint, Response, make_response, request, url_for

from mochocho.app import access_chain, village_files
from mochocho.app.asked_work import offered_files
from mochocho.app.asked_work.previews.preview import Preview
from mochocho.app.asked_work.previews.preview_kinds import VILLAGES
from mochocho.app.portal import form_errors
from mochocho.app.portal.access.access_log import person_here
from mochocho.app.portal.access.signed_in import current_home, needs, now
from mochocho.app.portal.form_errors import FormErrors
from mochocho.app.portal.pages.imports import handed_in
from mochocho.app.portal.pages.settings.settings_page import settings_file
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import go_on, render
from mochocho.settings.config import Settings, variable_of
from mochocho.settings.settings_edit import Place
from mochocho.storage import settings_kept
from mochocho.storage.db import transaction
from mochocho.storage.files import write_file
from mochocho.words.errors import MochochoError
from processing.scope import Permission
from xlsforms.villages import read_villages

blueprint = Blueprint("villages", __name__, url_prefix="/settings/villages")
PLACE: Place = ("forms", "villages")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHORT = 12  # letters of a digest in the name of a file


@blueprint.get("")
@needs(Permission.SETTINGS)
def index() -> Response:
    """The list that forms offer, and where another is handed in."""
    return _page()


@blueprint.get("/workbook")
@needs(Permission.SETTINGS)
def workbook() -> Response:
    """The list that forms offer, as a workbook to change; without one, its headings."""
    answer = make_response(village_files.workbook(village_files.offered_now(current_home())))
    answer.mimetype = _XLSX
    answer.headers.set("Content-Disposition", "attachment", filename="รายชื่อหมู่บ้าน.xlsx")
    return answer


@blueprint.post("")
@needs(Permission.SETTINGS)
def offer() -> Response:
    """Every mistake of a file, or what it changes; nothing is taken yet."""
    looked = handed_in.look(VILLAGES, "villages.looked_at")
    return looked if isinstance(looked, Response) else _shown(looked[0])


@blueprint.get("/looked/<int:number>")
@needs(Permission.SETTINGS)
def looked_at(number: int) -> Response:
    """How far the look at a long file is; then what it changes."""
    work, _ = handed_in.work_of(number, [VILLAGES])
    return handed_in.waits(work, "villages.index") if work.alive else _shown(handed_in.found(work))


@blueprint.post("/take")
@needs(Permission.SETTINGS)
def take() -> Response:
    """Keep the list that was shown beside the settings, and let them name it."""
    if variable := variable_of(PLACE):
        said = f"รายชื่อหมู่บ้านมาจากตัวแปร {variable} ของเครื่อง เปลี่ยนที่นี่ไม่ได้"
        return _page(422, FormErrors(whole=(said,)))
    home = current_home()
    try:
        path = offered_files.path_of(home, request.form.get("offered", ""))
        content = read_villages(path, home.province)
        _take(content)
    except MochochoError as error:
        return _page(422, FormErrors(whole=(error.th,)))
    path.unlink()
    return go_on(
        url_for("settings.index"),
        f"ใช้รายชื่อ {len(village_files.villages_of(content))} หมู่บ้านแล้ว ให้สร้างและเผยแพร่แบบฟอร์มใหม่",
    )


def _take(content: bytes) -> None:
    """What stands is never written over: the file is called by what it holds."""
    file = settings_file()
    target = file.with_name(f"villages-{hashlib.sha256(content).hexdigest()[:_SHORT]}.csv")
    home, new = current_home(), village_files.villages_of(content)
    told = f"รายชื่อหมู่บ้าน: {len(village_files.offered_now(home))} เป็น {len(new)} หมู่บ้าน"
    with transaction(home.engine, counted=False) as session:
        access_chain.append(session, person_here(), "settings", "รายชื่อหมู่บ้าน", told, now())
        session.flush()
        write_file(target, content)
        change = {PLACE: target.name}
        settings_kept.change(file, change, settings_kept.read(file).sha256, _reads_back)


def _reads_back(settings: Settings) -> None:
    """Raises Terminal where the settings would not offer a list that can be read."""
    if settings.forms.villages:
        read_villages(settings.forms.villages, current_home().province)


def _shown(found: Preview) -> Response:
    errors = handed_in.errors(found, "file", "ไฟล์")
    return _page(422 if errors else 200, errors, found=found)


def _page(status: int = 200, errors: FormErrors = form_errors.NONE, **values: object) -> Response:
    stands = len(village_files.offered_now(current_home()))
    left = handed_in.left([VILLAGES])
    return render("settings/villages.html", status, errors=errors, stands=stands, left=left, **values)


PAGE = Page(blueprint)
