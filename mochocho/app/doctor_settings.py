"""The doctor's look at the settings: do they make sense together?"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from mochocho.app.checks import Check
from mochocho.app.network import on_a_local_network, only_this_machine
from mochocho.config import Controller, Endpoint, Meeting, Papers, Settings
from mochocho.days import far_from_cycle
from mochocho.errors import MochochoError
from mochocho.places import Province
from mochocho.standards.load import load_pack

FONT_FILES = {".ttf", ".otf", ".ttc"}


def examine(settings: Settings) -> Iterator[Check]:
    """Pack, province and districts, meeting, papers, folders, the address phones are told."""
    yield _pack(settings)
    yield _province(settings)
    yield _meeting(settings)
    yield from _papers(settings.papers)
    yield from _folders(settings)
    yield _controller(settings.controller)
    yield _address(settings.endpoint)


def _pack(settings: Settings) -> Check:
    try:
        pack = load_pack(settings.pack).pack
    except MochochoError as error:
        return Check("standards", "fail", str(error), "mend the file, or set `pack` to a released one")
    if pack.official:
        return Check("standards", "ok", pack.id)
    return Check(
        "standards", "warn", f"{pack.id} is a sample", "papers will say เกณฑ์ตัวอย่าง; set `pack` to your own"
    )


def _province(settings: Settings) -> Check:
    try:
        province = Province.named(settings.province)
    except MochochoError as error:
        return Check("province", "fail", str(error), "set `province`")
    known = {d.name_th for d in province.districts}
    order = [name.removeprefix("อำเภอ") for name in settings.presentation_order]
    unknown = [name for name in order if name not in known]
    twice = [name for name, times in Counter(order).items() if times > 1]
    if unknown or twice:
        found = "; ".join(
            f"{what}: {', '.join(names)}"
            for what, names in (("no such district", unknown), ("named twice", twice))
            if names
        )
        return Check("province", "fail", found, "mend `presentation_order`")
    return Check("province", "ok", f"{province.name_th}, {len(known)} districts")


def _meeting(settings: Settings) -> Check:
    meeting = settings.meeting
    if meeting is None:
        return Check(
            "meeting",
            "warn",
            "none",
            "set [meeting]: without it papers leave its number, date and place blank",
        )
    said = f"{meeting.number} on {meeting.date}"
    if meeting.ends <= meeting.starts:
        return Check(
            "meeting", "fail", f"{said} ends before it starts", "mend `starts` and `ends` in [meeting]"
        )
    if wrong := _far_from_cycle(meeting, settings.pack):
        return Check("meeting", "warn", f"{said}: {wrong}", "mend `date` in [meeting], or set `pack`")
    return Check("meeting", "ok", said)


def _far_from_cycle(meeting: Meeting, pack: str) -> str:
    try:
        return far_from_cycle(meeting.date, load_pack(pack).pack.fiscal_year_be)
    except MochochoError:
        return ""  # said of the standards


def _papers(papers: Papers) -> Iterator[Check]:
    if papers.font_dir is None:
        yield Check("fonts", "ok", "the Sarabun that ships with mochocho")
    elif not _holds_fonts(papers.font_dir):
        yield Check(
            "fonts", "fail", f"no font in {papers.font_dir}", "put the .ttf files there, or unset `font_dir`"
        )
    elif not papers.font_family:
        yield Check("fonts", "fail", f"{papers.font_dir}, but no family", "set `font_family` in [papers]")
    else:
        yield Check("fonts", "ok", f"{papers.font_family} in {papers.font_dir}")
    if papers.emblem is not None and not papers.emblem.is_file():
        yield Check("emblem", "fail", f"{papers.emblem} is not there", "mend or unset `emblem` in [papers]")


def _controller(controller: Controller) -> Check:
    if controller.missing:
        return Check(
            "controller",
            "warn",
            f"ประกาศความเป็นส่วนตัวในใบสมัครยังไม่บอก: {', '.join(controller.missing)}",
            "ตั้งค่าใน [controller] แล้วเผยแพร่แบบฟอร์มใหม่",
        )
    return Check("controller", "ok", f"{controller.telephone}, {controller.retention_years} ปี")


def _holds_fonts(folder: Path) -> bool:
    return folder.is_dir() and any(path.suffix.lower() in FONT_FILES for path in folder.iterdir())


def _folders(settings: Settings) -> Iterator[Check]:
    twice = [key for key, times in Counter(folder.key for folder in settings.folders).items() if times > 1]
    if twice:
        yield Check(
            "folders", "fail", f"key used twice: {', '.join(twice)}", "give every folder a key of its own"
        )
    for folder in settings.folders:
        there = folder.path.is_dir()
        yield Check(
            f"folder {folder.key}",
            "ok" if there else "fail",
            str(folder.path) if there else f"{folder.path} is not there",
            "" if there else "copy the phone's instances there, or take the folder out of the settings",
        )


def _address(endpoint: Endpoint) -> Check:
    url = endpoint.public_url
    if not url:
        if only_this_machine(endpoint.host):
            return Check(
                "public_url", "warn", "not set: phones cannot reach 127.0.0.1", "set endpoint.public_url"
            )
        return Check("public_url", "warn", "not set", "set endpoint.public_url to what phones should call")
    parts = urlsplit(url)
    if (
        parts.scheme not in {"http", "https"}
        or not parts.hostname
        or parts.query
        or parts.fragment
        or parts.username
    ):
        return Check(
            "public_url",
            "fail",
            url,
            "write it like http://192.168.1.10:8420 or https://example.org/mochocho",
        )
    if only_this_machine(parts.hostname):
        return Check(
            "public_url", "warn", f"{url} is this machine itself", "phones need its address on the network"
        )
    if parts.scheme == "http" and not on_a_local_network(parts.hostname):
        return Check(
            "public_url", "warn", f"{url} is not encrypted", "outside a network of your own use https"
        )
    return Check("public_url", "ok", url)
