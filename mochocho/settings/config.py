"""Settings from mochocho.toml and the environment, read once at the start."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, get_args
from urllib.parse import quote

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from mochocho.excel.cells import Cell
from mochocho.excel.typed import Wrong, day_of
from mochocho.settings import addresses, age_keys, secret_files, settings_wording
from mochocho.settings.settings_file import read_settings
from mochocho.words import days
from mochocho.words.errors import Terminal, Unsuitable, reason
from mochocho.words.model import Approved
from mochocho.words.numbers import is_telephone
from mochocho.words.sentences import Sentence
from mochocho.words.thai import NOTHING_SAID, be, normalise, says_something

FILE_NAME = "mochocho.toml"
ENV_PREFIX = "MOCHOCHO_"
TIME = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"


# Settings that may be kept in a file of their own: MOCHOCHO_DATABASE_PASSWORD_FILE names it.
SECRETS = tuple(
    f"{ENV_PREFIX}{name}"
    for name in (
        "DATABASE_URL",
        "DATABASE_PASSWORD",
        "WORKERS__BROKER_URL",
        "WORKERS__BROKER_PASSWORD",
        "PORTAL__OIDC__CLIENT_SECRET",
    )
)
DatabaseUrl = Annotated[
    SecretStr, AfterValidator(lambda url: SecretStr(addresses.database(url.get_secret_value())))
]
BrokerUrl = Annotated[
    SecretStr, AfterValidator(lambda url: SecretStr(addresses.broker(url.get_secret_value())))
]


_PORT = "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


def _as_typed(value: object) -> object:
    """Accept a day as offices write it, in words or as 1/5/2568; 2025-05-01 is the common calendar."""
    if not isinstance(value, str) or re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return value
    try:
        return day_of(Cell(normalise(value)))
    except Wrong as wrong:
        raise Unsuitable(*wrong.said) from wrong


Day = Annotated[date, BeforeValidator(_as_typed), AfterValidator(days.as_set)]


class Meeting(_Section):
    """The meeting that a packet is for; its date is the only date printed (docs/architecture.md)."""

    number: Annotated[str, Field(pattern=r"^[0-9]+/25[0-9]{2}$")]  # "1/2568"
    date: Day
    starts: Annotated[str, Field(pattern=TIME)]
    ends: Annotated[str, Field(pattern=TIME)]
    place: str
    minutes_per_district: Annotated[int, Field(ge=1, le=240)] = 15

    @model_validator(mode="after")
    def _of_one_year(self) -> "Meeting":
        year = int(self.number.partition("/")[2])
        if abs(year - be(self.date.year)) > 1:  # a fiscal year begins in October
            raise Unsuitable(
                f"ครั้งที่ {self.number} กับวันที่ {self.date} (พ.ศ. {be(self.date.year)}) ปีไม่ตรงกัน "
                "ให้ตรวจ number และ date โดย date ใส่ปี ค.ศ.",
                f"number {self.number} and date {self.date} (BE {be(self.date.year)}) are of different "
                "years; "
                "look at number and date, of which date has a year CE",
            )
        return self


class Term(_Section):
    """When a round begins, if a day of it can be too early, and by when it is to be done."""

    first: Day | None = None
    due: Day

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "Term":
        if self.first and self.first > self.due:
            raise Unsuitable(
                f"วันเริ่ม (first) {self.first} อยู่หลังวันครบกำหนด (due) {self.due} ให้แก้วันใดวันหนึ่ง",
                f"the day first, {self.first}, is after the day due, {self.due}; mend one of them",
            )
        return self


# In the order of the work; a record of knowledge has no place in it.
STAGES_TH = {
    "application": "ใบสมัคร",
    "self_before": "ประเมินตนเองก่อนพัฒนา",
    "plan": "แผนพัฒนาตนเอง",
    "self_periodic": "ประเมินตนเองระหว่างพัฒนา",
    "self_after": "ประเมินตนเองหลังพัฒนา",
    "onsite": "ตรวจประเมินในพื้นที่",
    "provincial": "ตรวจประเมินรอบจังหวัด",
}


StageName = Literal[
    "application",
    "applicant_list",
    "self_before",
    "plan",
    "self_periodic",
    "self_after",
    "knowledge",
    "onsite",
    "results",
    "provincial",
]
# Everything that has a day; beside the rounds what a district sends to the province (rules.md 30), which may
# be asked for before or after a round, and what belongs to none.
DUE_TH: Mapping[str, str] = {
    "application": STAGES_TH["application"],
    "applicant_list": "ส่งรายชื่อผู้สมัครให้จังหวัด",
    "self_before": STAGES_TH["self_before"],
    "plan": STAGES_TH["plan"],
    "self_periodic": STAGES_TH["self_periodic"],
    "self_after": STAGES_TH["self_after"],
    "knowledge": "แบบบันทึกองค์ความรู้",
    "onsite": STAGES_TH["onsite"],
    "results": "ส่งรายงานผลการดำเนินงานให้จังหวัด",
    "provincial": STAGES_TH["provincial"],
}


def _says_something(text: str) -> str:
    if not says_something(text):
        raise Unsuitable(*NOTHING_SAID)
    return text


class Extension(_Section):
    """A district's own day for one stage in place of the province's, and why; `by`: who allowed it."""

    district: Annotated[str, Field(min_length=2, max_length=100)]
    stage: StageName
    due: Day
    reason: Annotated[str, Field(min_length=2, max_length=500), AfterValidator(_says_something)]
    by: Annotated[str, Field(max_length=200)] = ""


class Calendar(_Section):
    """When each round of the cycle is due (rules.md 22, 29, 30, 46), in the order of the work.

    What has no term is never late. Of several extensions for one stage of a district the last holds.
    """

    application: Term | None = None
    applicant_list: Term | None = None
    self_before: Term | None = None
    plan: Term | None = None
    self_periodic: Term | None = None
    self_after: Term | None = None
    knowledge: Term | None = None
    onsite: Term | None = None
    results: Term | None = None
    provincial: Term | None = None
    extensions: tuple[Extension, ...] = ()

    @property
    def terms(self) -> dict[str, Term]:
        """Those that are set, by the name of the setting."""
        every = ((name, getattr(self, name)) for name in DUE_TH)
        return {name: term for name, term in every if term is not None}

    @model_validator(mode="after")
    def _in_order(self) -> "Calendar":
        due = [(name, term.due) for name, term in self.terms.items() if name in STAGES_TH]
        for (name, day), (next_name, next_day) in pairwise(due):
            if next_day < day:
                later, sooner = (Sentence(f"{STAGES_TH[one]} ({one})", one) for one in (next_name, name))
                order = ", ".join(STAGES_TH)
                raise Unsuitable(
                    f"กำหนดของ{later.th} {next_day} อยู่ก่อน{sooner.th} {day} "
                    f"ให้เรียงวันครบกำหนดตามลำดับของงาน: {order}",
                    f"{later.en} is due on {next_day}, before {sooner.en} on {day}; "
                    f"days follow the order of the work: {order}",
                )
        return self


class Orders(_Section):
    """The provincial orders that appointed a committee: number "6459/2567" and date."""

    number: str
    date: Day


class Assessor(_Section):
    """A committee member who may fill in score sheets. `districts`: their names; none = every district.

    `role`: in the committee (rules.md 24).
    """

    name: Annotated[str, Field(min_length=2, max_length=200)]
    districts: tuple[str, ...] = ()
    committee: Literal["district", "provincial"] = "district"
    role: Literal["chair", "member", "secretary", "assistant_secretary"] = "member"


class Committees(_Section):
    provincial_th: str = "คณะกรรมการรับรองมาตรฐานการพัฒนาชุมชนจังหวัด"
    provincial_order: Orders | None = None
    district_th: str = "คณะกรรมการตรวจประเมินเพื่อการรับรองมาตรฐานการพัฒนาชุมชนอำเภอ"
    district_order: Orders | None = None
    assessors: tuple[Assessor, ...] = ()  # who may be chosen on a score sheet


class Endpoint(_Section):
    """The embedded OpenRosa endpoint. `public_url`: the address given to phones; empty = host and port.

    `autosend`: the network over which phones send finished forms on their own, as set in their QR codes.
    """

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8420
    public_url: str = ""
    autosend: Literal["off", "wifi_only", "cellular_only", "wifi_and_cellular"] = "wifi_only"
    max_body_mb: Annotated[int, Field(ge=1, le=1000)] = 32
    max_instance_mb: Annotated[int, Field(ge=1, le=5000)] = 200
    max_instance_files: Annotated[int, Field(ge=1, le=5000)] = 300
    max_officer_day_mb: Annotated[int, Field(ge=1, le=100_000)] = 4000
    tick_seconds: Annotated[float, Field(gt=0, le=3600)] = 5.0


class Oidc(_Section):
    """A province's own OpenID Connect provider. `name`: as the portal's button says it."""

    issuer: Annotated[str, Field(pattern=r"^(https://|http://127\.0\.0\.1:)[^\s?#@]+$")]
    client_id: Annotated[str, Field(min_length=1)]
    client_secret: SecretStr = SecretStr("")
    name: str = "บัญชีของหน่วยงาน"


class Portal(_Section):
    """The portal for staff. `public_url`: its HTTPS address behind a proxy; empty = this machine alone.

    `second_factor`: where accounts need one; a viewer's never does.
    """

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8430
    public_url: Annotated[str, Field(pattern=r"^(https://[^/\s?#@]+/?)?$")] = ""
    second_factor: Literal["behind_proxy", "always"] = "behind_proxy"
    oidc: Oidc | None = None


class Folder(_Section):
    """A folder of instances copied from a phone."""

    key: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
    path: Path


class Server(_Section):
    """An ODK Central or KoboToolbox server that holds this cycle's forms.

    The password (Central) or token (Kobo) is not in the settings: it comes from MOCHOCHO_SECRET_<KEY> or from
    `secret_file`, which only its owner may read. `forms`: form id -> asset uid, for Kobo projects that we did
    not publish. `accounts`: officer's id -> the account that the server names as sender. `web_form`: the
    address that opens the form for more documents in a browser; it is printed on correction slips.
    `approved`: when the server is to show that review state (`model.Approved`).
    """

    key: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
    kind: Literal["central", "kobo"]
    url: Annotated[str, Field(pattern=r"^https?://[^\s?#@]+$")]
    project: Annotated[int, Field(ge=1)] | None = None  # Central
    email: str = ""  # Central
    secret_file: Path | None = None
    forms: dict[str, str] = {}
    accounts: dict[str, str] = {}
    web_form: Annotated[str, Field(pattern=r"^(https://[!-~]+)?$")] = ""
    threads: Annotated[int, Field(ge=1, le=32)] | None = None
    approved: Approved = "committee"
    poll_seconds: Annotated[float, Field(ge=1, le=86_400)] = 60.0  # between two quick pulls
    sweep_seconds: Annotated[float, Field(ge=1, le=86_400)] = 600.0  # between two full pulls
    revalidate_days: Annotated[int, Field(ge=1, le=365)] = 7  # every file is compared once in this time
    lists_seconds: Annotated[float, Field(ge=0, le=86_400)] = 3600.0  # between two changes of a Kobo list

    @property
    def connections(self) -> int:
        """How many requests may run at once: Central needs several for each edit, Kobo answers in batches.

        Twenty edits with two photos each are three round trips to Central so; with sixteen at once, five.
        """
        return self.threads or (32 if self.kind == "central" else 8)

    @property
    def source_key(self) -> str:
        """The source's name in tables, `mochocho pull` and `mochocho status`: `central:north`."""
        return f"{self.kind}:{self.key}"


class Papers(_Section):
    """How papers look. `font_dir`: the office's TH SarabunPSK; otherwise the Sarabun we ship is used.

    `wording`: a folder of the office's own wordings (`reports/wording/`); one that is not there is ours.
    `docx_font`: the font that editable papers name; it is on the machines of those who edit them.
    `templates`: a folder of the office's own Word files, each called as the paper whose look it is.
    `emblem`: on covers and certificates; `garuda`: on letters, orders and announcements.
    """

    thai_digits: bool = True
    font_dir: Path | None = None
    font_family: str = ""
    docx_font: Annotated[str, Field(min_length=1, max_length=31, pattern=r"^[^,;<>\n]+$")] = "TH SarabunPSK"
    templates: Path | None = None
    emblem: Path | None = None
    garuda: Path | None = None
    wording: Path | None = None


class Forms(_Section):
    """How this province fills in its forms.

    `shared_tablets`: several people use one phone, so an assessment first asks who is holding it. `villages`:
    an .xlsx or .csv file of name, label and subdistrict (6-digit code) to choose from.
    """

    shared_tablets: bool = False
    villages: Path | None = None


def _telephone(written: str) -> str:
    number = written.partition("ต่อ")[0]
    if written and not is_telephone(number):
        raise Unsuitable(
            "หมายเลขโทรศัพท์ขึ้นต้นด้วย 0 มี 9 หรือ 10 หลัก เช่น 0-5300-0000 หรือ 0-5300-0000 ต่อ 12",
            "a telephone number begins with 0 and has 9 or 10 digits, such as 0-5300-0000 or "
            "“0-5300-0000 ต่อ 12”",
        )
    return written


_Said = Annotated[str, Field(max_length=200, pattern=r"^[^$<>\n]*$")]  # printed in forms unescaped


class DistrictOffice(_Section):
    """A district's development office: who heads it, who is asked, where it is; "" = dots on papers."""

    district: Annotated[str, Field(min_length=2, max_length=100)]
    head: Annotated[str, Field(max_length=200)] = ""
    contact: Annotated[str, Field(max_length=200)] = ""
    position: Annotated[str, Field(max_length=200)] = ""
    telephone: Annotated[str, Field(max_length=60), AfterValidator(_telephone)] = ""
    email: Annotated[str, Field(max_length=200)] = ""
    address: Annotated[str, Field(max_length=300)] = ""


_OF_THE_NOTICE = {
    "telephone": Sentence("หมายเลขโทรศัพท์ของผู้ควบคุมข้อมูล (telephone)", "the controller's telephone (telephone)"),
    "retention_years": Sentence(
        "จำนวนปีที่เก็บข้อมูล (retention_years)", "for how many years data are kept (retention_years)"
    ),
    "retention_basis": Sentence(
        "ฐานทางกฎหมายของจำนวนปีนั้น (retention_basis)", "by which rule for so long (retention_basis)"
    ),
}


class Controller(_Section):
    """Who is responsible for personal data (Personal Data Protection Act, section 23), as the forms say it.

    `name`: empty = the office of the province. `retention_basis`: the rule by which data are kept for
    `retention_years`. The forms leave out what is not set; `doctor` and `forms build` report it.
    """

    name: _Said = ""
    telephone: Annotated[_Said, AfterValidator(_telephone)] = ""
    retention_years: Annotated[int, Field(ge=1, le=100)] | None = None
    retention_basis: _Said = ""

    @property
    def missing(self) -> Sentence | None:
        """What the privacy notice still lacks, with the settings to fill in; None when it is complete."""
        lacking = [name for setting, name in _OF_THE_NOTICE.items() if not getattr(self, setting)]
        if not lacking:
            return None
        return Sentence(", ".join(one.th for one in lacking), ", ".join(one.en for one in lacking))


class Workers(_Section):
    """Celery workers on PostgreSQL.

    `broker_url`: the Redis that wakes them; empty = one process does everything.

    `broker_password`: used where the URL has none.
    """

    broker_url: BrokerUrl = SecretStr("")
    broker_password: SecretStr = SecretStr("")
    tick_seconds: Annotated[float, Field(gt=0, le=3600)] = 5.0
    # a task that nobody has begun by then is sent again
    lease_seconds: Annotated[int, Field(ge=1, le=86_400)] = 300
    chunk_seconds: Annotated[int, Field(ge=10, le=86_400)] = 3600  # a task that takes longer is stopped
    process_mb: Annotated[int, Field(ge=64, le=65_536)] = 512  # a worker process above this is replaced
    register_chunk: Annotated[int, Field(ge=1, le=10_000)] = 200  # forms
    assess_chunk: Annotated[int, Field(ge=1, le=10_000)] = 50  # applicants
    packet_rest_seconds: Annotated[float, Field(ge=0, le=86_400)] = 180.0  # between two layouts of a packet
    typeset_chunk: Annotated[int, Field(ge=1, le=1000)] = 16  # bundles of at most two dossiers

    @property
    def broker(self) -> str:
        """The complete URL, with its password; empty where there is none."""
        return addresses.broker(self.broker_url.get_secret_value(), self.broker_password.get_secret_value())


class Backup(_Section):
    """For whom backups are encrypted. `recipients`: public keys of age, each of whose owners can open one;
    none = backups are not encrypted. `signer`: fingerprint of the key whose backups are restored;
    empty = any. `folder`: where backups lie; each erasure is noted there at once.
    """

    recipients: tuple[Annotated[str, AfterValidator(age_keys.recipient)], ...] = ()
    signer: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    folder: Path | None = None


class Logs(_Section):
    """Where logs and audit rows go beside this machine. `syslog`: `tls://host:6514`, `tcp://host:601` or
    `udp://host:514`; only the first is encrypted. `ca_file`: certificates that vouch for the server (PEM),
    in place of those that this machine trusts.
    """

    syslog: Annotated[str, Field(pattern=rf"^((udp|tcp|tls)://[A-Za-z0-9.-]+:{_PORT})?$")] = ""
    ca_file: Path | None = None


class Files(_Section):
    """What is done with files that people sent or hand in. `scanner`: words of a command that looks for
    viruses in the file whose path follows them, and ends with 0 for none and 1 for one; () = nobody looks.
    """

    scanner: tuple[Annotated[str, Field(min_length=1)], ...] = ()


class Settings(BaseSettings):
    """Everything a province sets. Environment: MOCHOCHO_<NAME>, nested with `__`."""

    model_config = SettingsConfigDict(
        env_prefix=ENV_PREFIX,
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,  # database_url may hold a password
    )

    home: Path = Path("mochocho-home")
    lang: Literal["th", "en"] = "th"  # of the terminal
    database_url: DatabaseUrl = SecretStr("")  # empty: SQLite in `home`
    database_password: SecretStr = SecretStr("")  # used where the URL has none
    province: str = "เชียงราย"
    pack: str = "2568-sample"  # the id of a released pack, or the path of a YAML file
    presentation_order: tuple[str, ...] = ()  # district names; those not named follow by name
    meeting: Meeting | None = None
    calendar: Calendar = Calendar()
    committees: Committees = Committees()
    offices: tuple[DistrictOffice, ...] = ()
    endpoint: Endpoint = Endpoint()
    portal: Portal = Portal()
    folders: tuple[Folder, ...] = ()
    servers: tuple[Server, ...] = ()
    recorder: str = ""  # who records decisions where the command does not say
    cycle_open: bool = True  # False when the year's work is over: servers are no longer pulled
    papers: Papers = Papers()
    forms: Forms = Forms()
    controller: Controller = Controller()
    workers: Workers = Workers()
    backup: Backup = Backup()
    logs: Logs = Logs()
    files: Files = Files()
    _file: Path | None = PrivateAttr(default=None)

    @property
    def file(self) -> Path | None:
        """The settings file of which these were read, whether it is there or not; None = of none."""
        return self._file

    @property
    def spool_dir(self) -> Path:
        return self.home / "spool"

    @property
    def store_dir(self) -> Path:
        return self.home / "store"

    @property
    def cache_dir(self) -> Path:
        return self.home / "cache"

    @property
    def packet_dir(self) -> Path:
        return self.home / "packet"

    @property
    def distributed(self) -> bool:
        """Whether workers do the work, woken by a broker."""
        return bool(self.workers.broker_url.get_secret_value())

    @property
    def url(self) -> str:
        """The SQLAlchemy URL: the configured one, or SQLite in `home`."""
        # an unquoted `?` would begin the URL's options
        file = quote((self.home / "mochocho.db").as_posix(), safe="/:")
        given = addresses.database(
            self.database_url.get_secret_value(), self.database_password.get_secret_value()
        )
        return given or f"sqlite:///{file}"


def load_settings(path: Path | None = None, **overrides: Any) -> Settings:
    """Read `path` (default: ./mochocho.toml if it exists) and the environment; keyword arguments win.

    Relative paths are relative to the file's folder, also those from the environment. Raises Terminal with
    what to change.
    """
    file = path or Path(FILE_NAME)
    if path is not None and not path.is_file():
        raise Terminal(
            f"{path}: ไม่มีไฟล์การตั้งค่านี้ ให้สั่ง `mochocho init` เพื่อสร้าง",
            f"{path}: no such settings file; `mochocho init` writes one",
        )

    try:
        in_file = read_settings(file, PATHS) if file.is_file() else {}
        return _settled(file, in_file, overrides)
    except ValidationError as error:
        raise Terminal(*_sentence(file, error)) from error
    except SettingsError as error:  # a variable must hold JSON and does not
        raise Terminal(*_not_json(str(error))) from error
    except OSError as error:
        why = reason(error)
        raise Terminal(
            f"{file}: เปิดไฟล์การตั้งค่าไม่ได้ ({why.th})",
            f"{file}: {why.en}; the settings file cannot be read",
        ) from error


class Fault(NamedTuple):
    """What is wrong with one setting: its place, as ("meeting", "date"), and what to write instead."""

    path: tuple[str, ...]
    said: Sentence


def settings_if(file: Path, values: Mapping[str, Any]) -> Settings | tuple[Fault, ...]:
    """The settings as if `file` held these values, or everything that is wrong with them; writes nothing."""
    try:
        return _settled(file, dict(values), {})
    except ValidationError as error:
        known = set(_names(Settings))
        return tuple(
            Fault(tuple(map(str, one["loc"])), settings_wording.what(one, known))
            for one in error.errors(include_input=False, include_url=False)
        )


def variable_of(path: Sequence[str]) -> str:
    """The environment's variable from which this setting comes, '' where it comes from no variable.

    One that holds a whole heading counts for all of it, and one of a part for what it is a part of.
    """
    whole = ENV_PREFIX + "__".join(path).upper()
    for set_ in sorted(one.upper() for one in os.environ if one.upper().startswith(ENV_PREFIX)):
        if set_ == whole or whole.startswith(f"{set_}__") or set_.startswith(f"{whole}__"):
            return set_
    return ""


def _settled(file: Path, in_file: dict[str, Any], overrides: dict[str, Any]) -> Settings:
    settings = _sourced(in_file, secret_files.given(SECRETS))(**overrides)
    base = Path(os.path.abspath(file)).parent  # noqa: PTH100 - resolve() would follow links out of the folder
    # Of the class that everybody knows, so that they can be handed to another process.
    settled = Settings.model_construct(
        settings.model_fields_set, **dict(settings) | _anchored(settings, base)
    )
    settled._file = base / file.name  # noqa: SLF001 - from nowhere else can it be set
    return settled


def _sourced(in_file: dict[str, Any], secrets: Mapping[str, str]) -> type[Settings]:
    """Settings read, first wins, from keywords, the environment, secret files, the settings file."""

    class Sourced(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - passed by name
            dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - passed by name
            file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - passed by name
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return (
                init_settings,
                _Environment(settings_cls, secrets),
                InitSettingsSource(settings_cls, in_file),
            )

    return Sourced


class _Environment(EnvSettingsSource):
    """The environment's variables, including those whose values are in secret files."""

    def __init__(self, settings_cls: type[BaseSettings], secrets: Mapping[str, str]) -> None:
        self._secrets = secrets
        super().__init__(settings_cls)

    def _load_env_vars(self) -> Mapping[str, str | None]:
        files = {f"{name}_FILE".lower() for name in SECRETS}
        plain = {name: value for name, value in super()._load_env_vars().items() if name not in files}
        return plain | {name.lower(): secret for name, secret in self._secrets.items()}


def _anchored(settings: Settings, base: Path) -> dict[str, Any]:
    pack = base / settings.pack
    return {name: _below(base, value) for name, value in settings if isinstance(value, _Section)} | {
        "home": base / settings.home,
        "pack": str(pack) if pack.suffix in {".yaml", ".yml"} else settings.pack,
        "folders": tuple(_below(base, one) for one in settings.folders),
        "servers": tuple(_below(base, one) for one in settings.servers),
    }


def _below(base: Path, section: _Section) -> _Section:
    """The section; the files and folders that it names by relative paths are those below `base`."""
    return section.model_copy(
        update={name: base / value for name, value in section if isinstance(value, Path)}
    )


def _sentence(file: Path, error: ValidationError) -> Sentence:
    first = error.errors(include_input=False, include_url=False)[0]
    parts = [str(part) for part in first["loc"]]
    variable = ENV_PREFIX + "__".join(parts).upper()
    source = variable if variable in os.environ else f"{file}: {'.'.join(parts)}"
    what = settings_wording.what(first, set(_names(Settings)))
    return Sentence(f"{source}: {what.th}", f"{source}: {what.en}")


def _paths(kind: Any) -> Iterator[str]:
    """The names of files and folders in a section, or in whatever a field may hold."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, field in kind.model_fields.items():
            if Path in (field.annotation, *get_args(field.annotation)):
                yield name
            yield from _paths(field.annotation)
    for part in get_args(kind):
        yield from _paths(part)


# The names of all settings that are files or folders; a pack's may be one.
PATHS = frozenset((*_paths(Settings), "pack"))


def _names(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield name
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _names(field.annotation)


def _not_json(said: str) -> Sentence:
    field = re.search('field "([A-Za-z_]+)"', said)
    variable = f"{ENV_PREFIX}{field[1].upper()}" if field else "environment"
    return Sentence(
        f'{variable}: ตัวแปรนี้ต้องเป็น JSON เช่น ["แม่จัน", "ฝาง"]',
        f'{variable}: this variable must be JSON, such as ["a", "b"]',
    )
