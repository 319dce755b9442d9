"""Filled-in forms of every kind, as XML: each question's answer is chosen by its name and a seed."""

import hashlib
from collections.abc import Iterator, Sequence

from mochocho.words.errors import BadInput
from processing import codec
from processing.register.kinds import KINDS
from processing.register.read.application import read_application
from sync.mirror.queries import Mirrored
from sync.xform.parse import parse_instance
from tests.pins.applicants import PACK
from xlsforms import contract, names

KEY = "10000000-0000-4000-8000-000000000001"
SEEDS = 24  # of each form
WRONG = 3  # one form of so many has answers of any kind
DAYS = ("2025-02-01", "2568-02-01", "๒๕๖๘-๐๒-๐๑", "2031-01-01", "1990-01-01", "2025-02-30", "")
NUMBERS = ("0", "1", "3", "5", "60", "100", "250", "-1", "๓", "2.5", "x", "")
TEXTS = ("นางสมมติ  ทดสอบ", " x ", "ข้อความ\nสองบรรทัด", "1000000000009", "")
PHOTOS = ("here.jpg", "away.jpg", "never named.jpg", "")
CHOICES = {
    "applicant_type": ("leader", "group", "network", "community", "leader", "other", ""),
    "district": ("5701", "5702", "", "x"),
    "national_id": ("1000000000009", "๑-๐๐๐๐-๐๐๐๐๐-๐๐-๙", "123", ""),
    "age": ("45", "14", "x", ""),
    "founded_be": ("2540", "1997", "2569", ""),
    "phone": ("000-000-0000", "0000", "ไม่มี", ""),
    "round": ("self_before", "self_periodic", "self_after", "onsite", "provincial", "", "x"),
    "mode": ("own", "paper", "", "x"),
    "conflict": ("yes", "no", ""),
    "applicant_key": (
        "10000000-0000-4000-8000-000000000001",
        "uuid:10000000-0000-4000-8000-000000000001",
        "",
        "x",
    ),
    "location": ("19.9 99.8 0 5", "19.9 99.8 0 0", "", "x"),
    "sent_at": ("2025-02-01T09:00:00.000+07:00", "2568-02-01T09:00:00.000+07:00", ""),
    "end": ("2025-02-01T10:00:00.000+07:00", "x", ""),
}
STARTS: Sequence[tuple[tuple[str, ...], tuple[str, ...]]] = (
    (("el_",), ("yes", "no", "24", "0", "member", "x", "")),
    (("doc_",), ("attached", "attached", "later", "waived", "signed", "x", "")),
    (("how_",), ("whole", "page", "signed", "waived", "x", "")),
    (("photo", "e_", "sign", "sheet_p"), PHOTOS),
    (("consent_", "may_"), ("yes", "no", "")),
    (("cannot_", "na_"), ("no_evidence", "not_applicable", "other", "")),
    (("i_", "s_", "d_", "page_", "g_", "own_actual", "own_target", "item_target", "total", "full"), NUMBERS),
    (("percent", "interval", "period_months", "moo", "present", "members"), NUMBERS),
)
ITEM = ("indicator", "text", "target", "unit", "gap", "method", "when", "who", "where", "evidence", "due")
OWN = ("item", "indicator", "text", "target", "unit", "actual", "note")
REPEATED = (
    ("lead_team", ("team_name", "team_role", "team_from")),
    ("advisers", ("adviser_name", "adviser_from", "adviser_about")),
    (
        "items",
        tuple(
            f"item_{what}"
            for what in [
                "indicator",
                "text",
                "target",
                "unit",
                "gap",
                "method",
                "when",
                "who",
                "where",
                "evidence",
                "due",
            ]
        ),
    ),
    ("mentors", ("mentor_name", "mentor_agency", "mentor_from")),
    (
        "own",
        tuple(f"own_{what}" for what in ["item", "indicator", "text", "target", "unit", "actual", "note"]),
    ),
    ("more_sheets", ("sheet_page",)),
    ("photos", ("photo", "photo_about")),
    ("steps", ("step",)),
    ("assets", ("asset",)),
    ("core_knowledge", ("core",)),
    ("strategies", ("strategy",)),
    ("theories", ("theory",)),
)
ROUNDS_OF_A_REPEAT = 2


def chosen(pool: Sequence[str], *words: object) -> str:
    """One of these, the same for the same words."""
    return pool[int.from_bytes(hashlib.sha256(repr(words).encode()).digest()[:4], "big") % len(pool)]


def pool(name: str) -> Sequence[str]:
    if name in CHOICES:
        return CHOICES[name]
    if name.endswith(("_on", "_due")):
        return DAYS
    return next((values for starts, values in STARTS if name.startswith(starts)), TEXTS)


def usable(form_id: str, name: str) -> Sequence[str]:
    """Of the answers to this question those with which a form is read."""
    if name == "round":
        return ("onsite", "provincial") if form_id == names.ONSITE else ("self_before", "self_after")
    if pool(name) is NUMBERS:
        return ("1", "1", "")
    return {"applicant_type": CHOICES["applicant_type"][:4], "applicant_key": (KEY,)}.get(name, pool(name))


def leaf(form_id: str, name: str, seed: int, place: int = 0) -> str:
    answers = pool(name) if seed % WRONG == 0 else usable(form_id, name)
    value = chosen(answers, name, seed, place)
    return f"<{name}>{value}</{name}>"


def xml(form_id: str, seed: int) -> bytes:
    """A filled form of this seed."""
    asked = sorted(contract.fields(form_id, PACK))
    repeated = [(group, own) for group, own in REPEATED if group in asked]
    repeated += [
        (name, (name.replace("pages_", "photo_", 1),)) for name in asked if name.startswith("pages_")
    ]
    within = {member for group, own in repeated for member in (group, *own)}
    body = [leaf(form_id, name, seed) for name in asked if name not in within]
    for group, own in repeated:
        for place in range(ROUNDS_OF_A_REPEAT):
            body.append(f"<{group}>{''.join(leaf(form_id, name, seed, place) for name in own)}</{group}>")
    key = f"10000000-0000-4000-8000-{seed:012}"
    entity = (
        f'<entity dataset="applicants" id="{key}" create="1"><label>x</label></entity>' if seed % 2 else ""
    )
    meta = f"<meta><instanceID>uuid:i-{seed}</instanceID>{entity}</meta>"
    return f'<data id="{form_id}" version="1">{"".join(body)}{meta}</data>'.encode()


def read() -> Iterator[tuple[str, object]]:
    """(name, what was read), of every form."""
    for form_id in (names.APPLICATION, *KINDS):
        for seed in range(SEEDS):
            mirrored = Mirrored(
                form_id=form_id,
                root_id=f"r-{seed}",
                instance_id=f"i-{seed}",
                form_version="1",
                xml_sha256="0" * 64,
                files={"here.jpg": "a", "away.jpg": None},
                officer_districts=("5701",),
                conflict=False,
                state_digest="s",
            )
            try:
                parsed = parse_instance(xml(form_id, seed))
                if form_id == names.APPLICATION:
                    application, identity = read_application(parsed, mirrored, PACK)
                    said = [codec.dump(application), codec.dump(identity)]
                else:
                    said = [codec.dump(KINDS[form_id].read(parsed, mirrored, PACK))]
            except BadInput as error:
                said = [{"refused": error.code}]
            yield f"{form_id} {seed}", said
