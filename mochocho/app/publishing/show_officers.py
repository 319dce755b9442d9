"""Officers on the command line; `sync.officers` has the rules of tokens."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from mochocho.app.publishing import officer_codes
from mochocho.app.publishing.form_files import forms_of
from mochocho.app.publishing.officer_codes import Showing, Way
from mochocho.app.publishing.publish_forms import place, places
from mochocho.app.reachability import Reach, lasting_urls, reach
from mochocho.app.terminal.console import out
from mochocho.app.terminal.language import told
from mochocho.storage.files import write_file
from mochocho.storage.home import Home
from mochocho.words.errors import MochochoError, Terminal, Transient, Unfit, refuse
from mochocho.words.places import Province
from mochocho.words.sentences import Sentence
from reports.single import phone_papers
from sync import officers
from sync.officers import Officer
from sync.openrosa.address import told_url
from sync.openrosa.target import EMBEDDED
from sync.publish.protocol import Sharing, Target
from sync.targets import servers_of, targets


@dataclass(frozen=True, slots=True)
class Account:
    """An officer's own account on a server, by `name` or from the settings, to share the forms with."""

    name: str | None


# What a row of the access log says was done with an officer's token, by whichever door.
ADDED, MOVED = "ขึ้นทะเบียนและออกรหัส", "เปลี่ยนอำเภอที่รับผิดชอบเป็น"
RENEWED, REVOKED = "ออกรหัสใหม่", "ยกเลิกรหัส"
HEADINGS = (
    Sentence("เลขที่", "id"),
    Sentence("ชื่อ", "name"),
    Sentence("อำเภอ", "districts"),
    Sentence("ย้ายจาก", "moved from"),
    Sentence("ขึ้นทะเบียน", "added"),
    Sentence("สถานะ", "state"),
    Sentence("เซิร์ฟเวอร์", "servers"),
)


def add_officer(
    home: Home,
    name: str,
    districts: Sequence[str],
    showing: Showing,
    server: str | None = None,
    account: Account | None = None,
) -> int:
    """Register an officer and show the QR code: of `server`, a key, or of the embedded endpoint.

    `account`: share the forms there with it.

    Districts by Thai name or code. Returns the id. Raises Terminal, before anyone is registered, when
    something of it cannot be; what a server refuses then, `renew_officer` can have later.
    """
    officer_codes.check(home, showing)
    officer, way = register_officer(home, name, districts, server, account)
    officer_codes.show(home, officer, way, showing)
    return officer.id


def unfit_officer(
    home: Home, name: str, districts: Sequence[str], server: str | None, account: Account | None
) -> list[Unfit]:
    """All that `register_officer` would refuse of this; nobody is registered."""
    codes = [home.province.code_of(one) for one in districts]
    return [*officers.unfit(home, name, codes), *unfit_sharing(home, server, account)]


def unfit_sharing(home: Home, server: str | None, account: Account | None) -> Iterator[Unfit]:
    """Why there is no such server, or no form can be shared on it with the account."""
    try:
        target = place(home, server) if server else None
    except Terminal as error:
        yield Unfit(error.th, error.en, part="server")
        return
    if account is not None and not isinstance(target, Sharing):
        yield Unfit(
            "แบ่งปันแบบฟอร์มให้บัญชีได้เฉพาะบน KoboToolbox ให้ระบุด้วย --server",
            "only the forms of a KoboToolbox are shared with accounts: name it with --server",
            part="account",
        )


def register_officer(
    home: Home,
    name: str,
    districts: Sequence[str],
    server: str | None = None,
    account: Account | None = None,
) -> tuple[Officer, Way]:
    """As `add_officer`, for whoever shows the code: the officer, and what is in the code. Raises as it."""
    refuse(unfit_officer(home, name, districts, server, account))
    target = place(home, server) if server else None
    officer_id, token = officers.add(home, name, [home.province.code_of(d) for d in districts])
    officer = officers.active(home, officer_id)
    if target is None:
        return officer, officer_codes.own_way(home, token)
    try:
        return officer, _way(home, target, officer, account)
    except MochochoError as error:
        raise _as(
            error,
            Sentence(
                f"เจ้าหน้าที่เลขที่ {officer_id} ขึ้นทะเบียนที่นี่แล้ว แต่บนเซิร์ฟเวอร์ยังไม่ได้: {error.th} "
                f"เมื่อแก้แล้ว ให้สั่ง `mochocho officers renew {officer_id} --server {server}{_words(account)}`",
                f"officer {officer_id} is registered here, and not there: {error.en}; when that is mended, "
                f"call `mochocho officers renew {officer_id} --server {server}{_words(account)}`",
            ),
        ) from error


def renew_officer(
    home: Home,
    officer_id: int,
    showing: Showing,
    server: str | None = None,
    account: Account | None = None,
) -> None:
    """Show a new QR code; the former one of the same server ends. Raises Terminal as `add_officer`."""
    officer_codes.check(home, showing)
    officer, way = renewed_way(home, officer_id, server, account)
    officer_codes.show(home, officer, way, showing)


def renewed_way(
    home: Home, officer_id: int, server: str | None = None, account: Account | None = None
) -> tuple[Officer, Way]:
    """As `renew_officer`, for whoever shows the code."""
    refuse(list(unfit_sharing(home, server, account)))
    target = place(home, server or EMBEDDED)
    officer = officers.active(home, officer_id)
    return officer, _way(home, target, officer, account)


def moved_to(home: Home, districts: Sequence[str]) -> str:
    """What the access log says of a move to these districts, by Thai name or code."""
    return f"{MOVED} {_names(home.province, [home.province.code_of(d) for d in districts])}"


def move_officer(home: Home, officer_id: int, districts: Sequence[str]) -> str:
    """Give an officer other districts, by Thai name or code; returns their names. Raises Terminal.

    A server that could not be told is told when this is called again.
    """
    officers.move(home, officer_id, [home.province.code_of(d) for d in districts])
    officer = officers.active(home, officer_id)
    _everywhere(targets(home), lambda target: target.move_officer(officer))
    return _names(home.province, officer.districts)


def revoke_officer(home: Home, officer_id: int, server: str | None = None) -> None:
    """End an officer's access to `server`, a key; without one, to the endpoint and every server.

    Raises Terminal with what a person must still do there.
    """
    meant = places(home, [server]) if server else targets(home)
    _everywhere(meant, lambda target: target.revoke_officer(officer_id))


def write_sheet(home: Home, officer_id: int, path: Path, server: str | None = None) -> None:
    """Write the sheet that shows an officer how to set up a phone; it holds no secret. Raises Terminal."""
    officer = officers.active(home, officer_id)
    forms = tuple(form.title for form in forms_of(home, "odk"))
    address = _address(home, place(home, server or EMBEDDED))
    write_file(path, phone_papers.setup(home, officer_codes.posting(home, officer, address), forms))


def doubts(home: Home, server: str | None) -> Iterator[Sentence]:
    """Problems for the phone that was just set up: at `server`, a key, or at our own address."""
    if server is None:
        yield from _doubts_of_address(home)
        return
    target = place(home, server)
    yield from (one.line(target.key) for one in target.remarks())


def _doubts_of_address(home: Home) -> Iterator[Sentence]:
    """What a person should know before phones get this address for a year."""
    endpoint = home.settings.endpoint
    url = told_url(endpoint)
    urls = list(lasting_urls(endpoint.port))
    lasting = Sentence(" หรือ ".join(urls), " or ".join(urls))
    match reach(url):
        case Reach.MACHINE:
            yield Sentence(
                f"โทรศัพท์เรียก {url} ไม่ได้: ตั้ง endpoint.public_url เป็น {lasting.th} ในเครือข่ายภายใน "
                "แล้วออกรหัสให้เจ้าหน้าที่คนนี้ใหม่",
                f"phones cannot reach {url}: set endpoint.public_url, to {lasting.en} on a local network, "
                "then renew this officer's code",
            )
        case Reach.ADDRESS:
            yield Sentence(
                f"{url} อยู่ในคิวอาร์โค้ด แต่เราเตอร์อาจให้ที่อยู่อื่นแก่เครื่องนี้ แล้วต้องตั้งค่าโทรศัพท์ใหม่ทุกเครื่อง "
                f"ให้ตั้ง endpoint.public_url เป็น {lasting.th} หรือจองที่อยู่ในเราเตอร์ แล้วออกรหัสให้เจ้าหน้าที่คนนี้ใหม่",
                f"{url} is in the QR code, and the router may give this machine another address: every phone "
                f"must then be set up again. Set endpoint.public_url to {lasting.en}, or reserve the address "
                "in the router; then renew this officer's code",
            )
        case Reach.NAME:
            yield Sentence(
                f"Android 12 ขึ้นไปหา {url} พบ โทรศัพท์รุ่นเก่ากว่าต้องใช้ที่อยู่ของฮอตสปอตแทน",
                f"{url} is found by Android 12 or newer; older phones need a hotspot's address instead",
            )
        case _:
            pass


def table(home: Home) -> None:
    """Print every officer, revoked ones too."""
    grid = Table(box=None, pad_edge=False)
    for heading in HEADINGS:
        grid.add_column(told(heading))
    held = servers_of(home)
    for officer in officers.listing(home):
        day = f"{officer.revoked_at:%Y-%m-%d}" if officer.revoked_at else ""
        state = Sentence(f"ยกเลิกเมื่อ {day}", f"revoked {day}") if day else Sentence("ใช้ได้", "active")
        grid.add_row(
            str(officer.id),
            officer.name,
            _names(home.province, officer.districts),
            _names(home.province, officer.former_districts),
            f"{officer.created_at:%Y-%m-%d}",
            told(state),
            ", ".join(held.get(officer.id, ())),
        )
    out.print(grid)


def _words(account: Account | None) -> str:
    """The options that ask for sharing with it on the command line."""
    if account is None:
        return ""
    return " --share" + (f" --account {account.name}" if account.name else "")


def _way(home: Home, target: Target, officer: Officer, account: Account | None) -> Way:
    if account is not None and isinstance(target, Sharing):
        return Way(target.share_with(officer, account.name), _address(home, target))
    return Way(target.add_officer(officer), _address(home, target))


def _address(home: Home, target: Target) -> str:
    found = (one.url for one in home.settings.servers if target.key == f"{one.kind}:{one.key}")
    return next(found, told_url(home.settings.endpoint))


def _everywhere(meant: Sequence[Target], call: Callable[[Target], None]) -> None:
    """Call all of them; a failure does not stop the others."""
    failed: list[MochochoError] = []
    for target in meant:
        try:
            call(target)
        except MochochoError as error:
            failed.append(error)
    if failed:
        together = Sentence("; ".join(e.th for e in failed), "; ".join(e.en for e in failed))
        raise _as(failed[0], together) from failed[0]


def _as(error: MochochoError, said: Sentence) -> MochochoError:
    """An error of the same branch with this sentence."""
    return Transient(*said) if isinstance(error, Transient) else Terminal(*said)


def _names(province: Province, codes: Sequence[str]) -> str:
    found = [province.district(code) for code in codes]
    return ", ".join(d.name_th if d else code for d, code in zip(found, codes, strict=True))
