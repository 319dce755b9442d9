"""The doctor's checks of the settings: whether they make sense together."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from mochocho.app.doctor.checks import Check
from mochocho.app.reachability import on_a_local_network, only_this_machine
from mochocho.settings.config import Assessor, Controller, Endpoint, Papers, Settings
from mochocho.standards.load import load_pack
from mochocho.standards.origins import untraced
from mochocho.standards.schema import Pack
from mochocho.words import people
from mochocho.words.days import of_cycle
from mochocho.words.errors import MochochoError, Terminal
from mochocho.words.places import Province
from mochocho.words.sentences import Sentence, plain
from reports.formats.garuda import garuda

FEWEST, MOST = 5, 9  # members of a district's committee (rules.md 24)
FONT_FILES = {".ttf", ".otf", ".ttc"}


def examine(settings: Settings) -> Iterator[Check]:
    """Pack, province and districts, papers, folders, the address given to phones."""
    yield from _pack(settings)
    yield _province(settings)
    yield from _calendar(settings)
    yield from _committees(settings)
    yield from _papers(settings.papers)
    yield from _folders(settings)
    yield _controller(settings.controller)
    yield _address(settings.endpoint)


def _pack(settings: Settings) -> Iterator[Check]:
    try:
        pack = load_pack(settings.pack).pack
    except MochochoError as error:
        advice = Sentence(
            "แก้ไฟล์นั้น หรือตั้ง `pack` เป็นเกณฑ์ที่เผยแพร่แล้ว", "mend the file, or set `pack` to a released one"
        )
        yield Check("standards", "fail", error.said, advice)
        return
    yield from _origins(pack)
    if pack.official:
        yield Check("standards", "ok", plain(pack.id))
        return
    yield Check(
        "standards",
        "warn",
        Sentence(f"{pack.id} เป็นเกณฑ์ตัวอย่าง", f"{pack.id} is a sample"),
        Sentence(
            "ตั้ง `pack` เป็นเกณฑ์ของจังหวัด มิฉะนั้นเอกสารจะพิมพ์คำว่า เกณฑ์ตัวอย่าง",
            "papers will say “เกณฑ์ตัวอย่าง”; set `pack` to your own",
        ),
    )


def _origins(pack: Pack) -> Iterator[Check]:
    listed = "; ".join(untraced(pack))
    if not listed:
        return
    yield Check(
        "origins",
        "warn",
        Sentence(
            f"{pack.id} มีรายการที่ไม่มีที่มาเป็นทางการ: {listed}",
            f"{pack.id} has items without an official source: {listed}",
        ),
        Sentence(
            "เขียน `source` และ `confidence: official` ของแต่ละข้อ มิฉะนั้นเอกสารจะพิมพ์คำว่า เกณฑ์ตัวอย่าง",
            "give each its `source` and `confidence: official`; until then papers say “เกณฑ์ตัวอย่าง”",
        ),
    )


def _province(settings: Settings) -> Check:
    try:
        province = Province.named(settings.province)
    except MochochoError as error:
        return Check("province", "fail", error.said, Sentence("แก้ `province`", "set `province`"))
    known = {d.name_th for d in province.districts}
    order = [name.removeprefix("อำเภอ") for name in settings.presentation_order]
    unknown = [name for name in order if name not in known]
    twice = [name for name, times in Counter(order).items() if times > 1]
    wrong = [
        *(Sentence(f"ไม่มีอำเภอ {name}", f"no such district: {name}") for name in unknown),
        *(Sentence(f"ระบุซ้ำ: {name}", f"named twice: {name}") for name in twice),
    ]
    if wrong:
        found = Sentence(*("; ".join(said) for said in zip(*wrong, strict=True)))
        return Check(
            "province", "fail", found, Sentence("แก้ `presentation_order`", "mend `presentation_order`")
        )
    name, count = province.name_th, len(known)
    return Check("province", "ok", Sentence(f"{name} {count} อำเภอ", f"{name}, {count} districts"))


def _calendar(settings: Settings) -> Iterator[Check]:
    """Whether the days of the rounds are of the pack's cycle; nothing where none is set."""
    terms = settings.calendar.terms
    if not terms:
        return
    try:
        cycle = of_cycle(load_pack(settings.pack).pack.fiscal_year_be)
    except MochochoError:
        return  # reported by the check of the standards
    days = {(name, day) for name, term in terms.items() for day in (term.first, term.due) if day}
    days |= {(f"{one.district} {one.stage}", one.due) for one in settings.calendar.extensions}
    outside = sorted(f"{name} {day}" for name, day in days if not cycle.first <= day <= cycle.last)
    if outside:
        listed = ", ".join(outside)
        yield Check(
            "calendar",
            "warn",
            Sentence(
                f"วันใน [calendar] ไม่อยู่ในรอบปีของเกณฑ์ ({cycle.first} ถึง {cycle.last}): {listed}",
                f"days outside the pack's cycle ({cycle.first} to {cycle.last}): {listed}",
            ),
            Sentence(
                "แก้วันใน [calendar] เป็นของปีนี้ (เขียนปี ค.ศ.) หรือแก้ `pack`",
                "put this year's days into [calendar] (their year is CE), or set `pack`",
            ),
        )
    else:
        said = Sentence(f"ตั้งกำหนดแล้ว {len(terms)} รอบ", f"{len(terms)} rounds have their days")
        yield Check("calendar", "ok", said)


def _committees(settings: Settings) -> Iterator[Check]:
    """Whether each district's committee is one as rule 24 describes it; nothing where nobody is named."""
    try:
        districts = [d.name_th for d in Province.named(settings.province).districts]
    except MochochoError:
        return  # reported by the check of the province
    named = [one for one in settings.committees.assessors if one.committee == "district"]
    where: dict[Sentence, list[str]] = {}
    for district in districts:
        here = [m for m in named if not m.districts or {district, f"อำเภอ{district}"} & {*m.districts}]
        for wrong in _wrong_with(here) if here else ():
            where.setdefault(wrong, []).append(district)
    for wrong, found in where.items():
        names = ", ".join(found)
        yield Check(
            "committee",
            "warn",
            Sentence(f"{wrong.th}: {names}", f"{wrong.en}: {names}"),
            Sentence(
                "แก้ assessors ใน [committees] ให้ตรงกับคำสั่งแต่งตั้ง",
                "mend assessors in [committees] as the order appoints them",
            ),
        )


def _wrong_with(committee: Sequence[Assessor]) -> Iterator[Sentence]:
    """5 to 9 people, one chair, one secretary, each person once (rules.md 24)."""
    roles = Counter(one.role for one in committee)
    if not FEWEST <= len(committee) <= MOST:
        yield Sentence(
            f"คณะกรรมการอำเภอมี {len(committee)} คน ไม่ใช่ 5-9 คน",
            f"the district committee has {len(committee)} members, not 5 to 9",
        )
    if roles["chair"] != 1:
        yield Sentence(f"มีประธาน {roles['chair']} คน", f"{roles['chair']} chairs")
    if roles["secretary"] != 1:
        yield Sentence(f"มีเลขานุการ {roles['secretary']} คน", f"{roles['secretary']} secretaries")
    for key, times in Counter(people.key(one.name) for one in committee).items():
        if times > 1:
            name = next(one.name for one in committee if people.key(one.name) == key)
            yield Sentence(f"มีชื่อ {name} ซ้ำ", f"{name} is named twice")


def _papers(papers: Papers) -> Iterator[Check]:
    yield _fonts(papers)
    emblem = papers.emblem
    if emblem is not None and not emblem.is_file():
        yield Check(
            "emblem",
            "fail",
            Sentence(f"ไม่พบ {emblem}", f"{emblem} is not there"),
            Sentence("แก้หรือลบ `emblem` ใน [papers]", "mend or unset `emblem` in [papers]"),
        )
    yield _garuda(papers.garuda)


def _garuda(path: Path | None) -> Check:
    try:
        picture = garuda(path)
    except Terminal as error:
        return Check("garuda", "fail", Sentence(error.th, error.en))
    if picture is None:
        empty = Sentence(
            "ยังไม่ได้ตั้ง จึงเว้นที่ไว้ ให้พิมพ์ลงกระดาษตราครุฑ หรือตั้ง `garuda` ใน [papers]",
            "none is set, so its place is empty: print on paper that has one, or set `garuda` in [papers]",
        )
        return Check("garuda", "ok", empty)
    return Check("garuda", "ok", Sentence(str(path), str(path)))


def _fonts(papers: Papers) -> Check:
    folder, family = papers.font_dir, papers.font_family
    if folder is None:
        ours = Sentence("Sarabun ที่มากับ mochocho", "the Sarabun that ships with mochocho")
        return Check("fonts", "ok", ours)
    if not _holds_fonts(folder):
        return Check(
            "fonts",
            "fail",
            Sentence(f"ไม่มีแบบอักษรใน {folder}", f"no font in {folder}"),
            Sentence("วางไฟล์ .ttf ไว้ที่นั่น หรือลบ `font_dir`", "put the .ttf files there, or unset `font_dir`"),
        )
    if not family:
        return Check(
            "fonts",
            "fail",
            Sentence(f"ตั้ง {folder} แล้ว แต่ไม่มีชื่อแบบอักษร", f"{folder}, but no family"),
            Sentence("ตั้ง `font_family` ใน [papers]", "set `font_family` in [papers]"),
        )
    return Check("fonts", "ok", Sentence(f"{family} ใน {folder}", f"{family} in {folder}"))


def _controller(controller: Controller) -> Check:
    if lacking := controller.missing:
        return Check(
            "controller",
            "warn",
            Sentence(
                f"ประกาศความเป็นส่วนตัวในใบสมัครยังไม่บอก: {lacking.th}",
                f"the privacy notice of the application does not say: {lacking.en}",
            ),
            Sentence(
                "ตั้งค่าใน [controller] แล้วเผยแพร่แบบฟอร์มใหม่",
                "set it in [controller] and publish the forms again",
            ),
        )
    telephone, years = controller.telephone, controller.retention_years
    return Check(
        "controller",
        "ok",
        Sentence(f"โทรศัพท์ {telephone} เก็บข้อมูล {years} ปี", f"telephone {telephone}, kept {years} years"),
    )


def _holds_fonts(folder: Path) -> bool:
    return folder.is_dir() and any(path.suffix.lower() in FONT_FILES for path in folder.iterdir())


def _folders(settings: Settings) -> Iterator[Check]:
    twice = [key for key, times in Counter(folder.key for folder in settings.folders).items() if times > 1]
    if twice:
        keys = ", ".join(twice)
        yield Check(
            "folders",
            "fail",
            Sentence(f"ใช้ key ซ้ำ: {keys}", f"key used twice: {keys}"),
            Sentence("ตั้ง key ของแต่ละโฟลเดอร์ไม่ให้ซ้ำกัน", "give every folder a key of its own"),
        )
    for folder in settings.folders:
        name, path = f"folder:{folder.key}", folder.path
        if path.is_dir():
            yield Check(name, "ok", plain(str(path)))
            continue
        yield Check(
            name,
            "fail",
            Sentence(f"ไม่พบ {path}", f"{path} is not there"),
            Sentence(
                "คัดลอกโฟลเดอร์ instances จากโทรศัพท์มาไว้ที่นั่น หรือลบโฟลเดอร์นี้จากการตั้งค่า",
                "copy the phone's instances there, or take the folder out of the settings",
            ),
        )


def _address(endpoint: Endpoint) -> Check:
    url = endpoint.public_url
    if not url:
        return _no_address(endpoint)
    parts = urlsplit(url)
    host = parts.hostname
    if parts.scheme not in {"http", "https"} or not host or parts.query or parts.fragment or parts.username:
        return Check(
            "public_url",
            "fail",
            Sentence(f"{url} ไม่ใช่ที่อยู่เว็บ", f"{url} is no web address"),
            Sentence(
                "เขียนเช่น http://192.168.1.10:8420 หรือ https://example.org/mochocho",
                "write it like http://192.168.1.10:8420 or https://example.org/mochocho",
            ),
        )
    if only_this_machine(host):
        return Check(
            "public_url",
            "warn",
            Sentence(f"{url} คือเครื่องนี้เอง โทรศัพท์เรียกไม่ได้", f"{url} is this machine itself"),
            Sentence("ตั้งเป็นที่อยู่ของเครื่องนี้ในเครือข่าย", "phones need its address on the network"),
        )
    if parts.scheme == "http" and not on_a_local_network(host):
        return Check(
            "public_url",
            "warn",
            Sentence(f"{url} ไม่เข้ารหัส", f"{url} is not encrypted"),
            Sentence("นอกเครือข่ายของสำนักงานให้ใช้ https", "outside a network of your own use https"),
        )
    return Check("public_url", "ok", plain(url))


def _no_address(endpoint: Endpoint) -> Check:
    if only_this_machine(endpoint.host):
        return Check(
            "public_url",
            "warn",
            Sentence("ยังไม่ได้ตั้ง และโทรศัพท์เรียก 127.0.0.1 ไม่ได้", "not set: phones cannot reach 127.0.0.1"),
            Sentence("ตั้ง public_url ใต้ [endpoint]", "set endpoint.public_url"),
        )
    return Check(
        "public_url",
        "warn",
        Sentence("ยังไม่ได้ตั้ง", "not set"),
        Sentence(
            "ตั้ง public_url ใต้ [endpoint] เป็นที่อยู่ที่โทรศัพท์จะเรียก",
            "set endpoint.public_url to what phones should call",
        ),
    )
