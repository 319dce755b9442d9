"""A day in the field: every officer's phone fetches the forms, fills them in and sends them, in parallel."""

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from mochocho.app.demo import instances
from mochocho.app.demo.drawings import Studio
from mochocho.app.demo.instances import Filled
from mochocho.app.demo.pretend_phone import Phone
from mochocho.app.demo.sample_province import Course, Plan, Unit
from mochocho.standards.schema import Standard
from mochocho.storage.home import Home
from mochocho.words.progress import ProgressCall
from sync import officers
from sync.openrosa.server import Server
from sync.publish.published import put_form
from xlsforms import names
from xlsforms.build import build_forms

_PHONES_AT_ONCE = 2  # more saves little time: most of it is drawing, and each phone holds photos in memory
_SPLIT_EVERY, _AGAIN_EVERY = 9, 11  # some phones split a post, some lose the answer and send again

Send = Callable[[Unit, Standard, str, Studio, Phone], None]


@dataclass(frozen=True, slots=True)
class Officer:
    """The person who collects forms in one district. `url` holds the token."""

    district: str
    code: str
    url: str

    def __repr__(self) -> str:
        return f"Officer(code={self.code!r})"


class Counter:
    """Counts what several threads have done and reports `progress`."""

    def __init__(self, stage: str, total: int, progress: ProgressCall | None) -> None:
        self._stage, self._total, self._progress = stage, total, progress
        self._lock, self._done = threading.Lock(), 0

    def one_more(self) -> None:
        with self._lock:
            self._done += 1
            if self._progress is not None:
                self._progress(self._stage, self._done, self._total)


def collect(
    home: Home, plan: Plan, taken_in: Callable[[], object], progress: ProgressCall | None = None
) -> None:
    """All of it over HTTP: forms are offered, officers hired, everything is sent.

    `taken_in` makes applicants of the applications: score sheets choose from the phones' lists of them.
    """
    for form in build_forms(home.pack, home.province, "odk"):
        put_form(home, form)
    server = Server(home, "127.0.0.1", 0)
    server.start()
    try:
        staff = hire(home, plan, server.url)
        send_applications(home, plan, staff, progress)
        taken_in()
        send_sheets(home, plan, staff, progress)
    finally:
        server.stop()


def hire(home: Home, plan: Plan, endpoint_url: str) -> tuple[Officer, ...]:
    """One officer per district, each with a token of their own."""
    codes: Mapping[str, str] = {d.name_th: d.code for d in home.province.districts}
    return tuple(
        Officer(district, codes[district], f"{endpoint_url}/key/{token}")
        for district in plan.districts
        for _, token in [officers.add(home, f"พัฒนากรอำเภอ{district} (ตัวอย่าง)", [codes[district]])]
    )


def send_applications(
    home: Home, plan: Plan, staff: tuple[Officer, ...], progress: ProgressCall | None
) -> None:
    """Send every application of the plan; those to be edited are sent once more, corrected."""
    _each_phone(home, plan, staff, "applications", _application, progress)


def send_sheets(home: Home, plan: Plan, staff: tuple[Officer, ...], progress: ProgressCall | None) -> None:
    """Send every on-site score sheet, the plan that one contradicts, and what leaders assessed of themselves;
    the phones' lists must hold the applicants by now.
    """
    _each_phone(home, plan, staff, "score sheets", _sheets, progress)


def _each_phone(
    home: Home,
    plan: Plan,
    staff: tuple[Officer, ...],
    stage: str,
    send: Send,
    progress: ProgressCall | None,
) -> None:
    counter, studio = Counter(stage, len(plan.units), progress), Studio(plan.photo_width)

    def work(officer: Officer) -> None:
        with Phone(officer.url, f"collect:demo{officer.code}") as phone:
            phone.refresh()
            for unit in plan.of(officer.district):
                send(unit, home.pack.standard(unit.type), officer.code, studio, phone)
                counter.one_more()

    with ThreadPoolExecutor(_PHONES_AT_ONCE, "phone") as pool:
        for _ in pool.map(work, staff):
            pass


def _application(unit: Unit, standard: Standard, code: str, studio: Studio, phone: Phone) -> None:
    _send(phone, unit, names.APPLICATION, instances.application(unit, standard, code, studio))
    if unit.edit is not None:
        _send(phone, unit, names.APPLICATION, instances.edited_application(unit, standard, code, studio))


def _sheets(unit: Unit, standard: Standard, code: str, studio: Studio, phone: Phone) -> None:
    if unit.course is Course.CONTRADICTED:
        _send(phone, unit, names.PLAN, instances.plan(unit, standard, code))
    for own in instances.self_assessments(unit, standard, code, studio):
        _send(phone, unit, names.SELF_ASSESSMENT, own)
    for sheet in instances.sheets(unit, standard, code, studio):
        _send(phone, unit, names.ONSITE, sheet)


def _send(phone: Phone, unit: Unit, form_id: str, filled: Filled) -> None:
    xml = phone.fill(form_id, filled)
    posts = 2 if unit.number % _SPLIT_EVERY == 0 else 1
    phone.send(xml, filled.files, posts)
    if unit.number % _AGAIN_EVERY == 0:
        phone.send(xml, filled.files, posts)
