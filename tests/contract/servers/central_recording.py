"""What the recorded exchanges with ODK Central need around them:
forms, XML, and steps that were not recorded.
"""

import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.models.central import entities, submissions
from tests.models.central.app import CentralModel
from tests.models.central.state import AppUser
from tests.models.central.submissions import By

RECORDED = Path(__file__).parents[2] / "models" / "central" / "exchanges"
DOMAIN = "http://localhost:8383"
PHOTO = b"\xff\xd8\xff\xe0 stands for a photo \xff\xd9"
OTHER = b"\xff\xd8\xff\xe0 stands for another photo \xff\xd9"

Rows = list[list[str]]
CHOICES: Rows = [
    ["list_name", "name", "label"],
    ["yn", "yes", "Yes"],
    ["yn", "no", "No"],
    ["need", "water", "Water"],
    ["need", "food", "Food"],
    ["need", "shelter", "Shelter"],
    ["status", "new", "New"],
    ["status", "eligible", "Eligible"],
    ["status", "rejected", "Rejected"],
]


def workbook(survey: Rows, settings: list[str], entities: Rows | None = None) -> bytes:
    """An XLSForm of these sheets; `settings`: title, id, version and, where there is one, instance's name."""
    columns = ["form_title", "form_id", "version", "instance_name"]
    sheets = {
        "survey": [["type", "name", "label", "required", "save_to"], *survey],
        "choices": CHOICES,
        "settings": [columns[: len(settings)], settings],
        **({"entities": entities} if entities else {}),
    }
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return held.getvalue()


def registration(version: str = "1", *more: list[str]) -> bytes:
    survey = [
        ["start", "start"],
        ["end", "end"],
        ["deviceid", "deviceid"],
        ["text", "full_name", "Full name", "yes", "full_name"],
        ["integer", "age", "Age", "", "age"],
        ["select_one status", "status", "Status", "", "status"],
        ["select_multiple need", "needs", "Needs"],
        ["geopoint", "loc", "Location"],
        ["decimal", "income", "Income"],
        ["date", "dob", "Date of birth"],
        ["image", "photo_person", "Photo of person"],
        ["image", "photo_house", "Photo of house"],
        ["begin group", "hh", "Household"],
        ["text", "village", "Village", "", "village"],
        ["begin repeat", "member", "Member"],
        ["text", "mname", "Member name"],
        ["integer", "mage", "Member age"],
        ["end repeat"],
        ["end group"],
        *more,
    ]
    settings = ["Applicant registration", "applicant_registration", version, "${full_name}"]
    return workbook(survey, settings, [["list_name", "label"], ["applicants", "${full_name}"]])


def followup() -> bytes:
    survey = [
        ["select_one_from_file applicants.csv", "applicant", "Applicant"],
        ["select_one status", "new_status", "New status", "", "status"],
        ["text", "comment", "Comment"],
        ["image", "photo_visit", "Photo"],
        ["audit", "audit"],
    ]
    entities = [["list_name", "entity_id"], ["applicants", "${applicant}"]]
    return workbook(survey, ["Applicant follow-up", "applicant_followup", "1"], entities)


def bulk() -> bytes:
    survey = [
        ["text", "name", "Name"],
        ["integer", "n", "N"],
        ["image", "p1", "P1"],
        ["image", "p2", "P2"],
        ["begin repeat", "item", "Item"],
        ["text", "iname", "Name"],
        ["integer", "iqty", "Quantity"],
        ["end repeat"],
        ["geopoint", "loc", "Location"],
        ["select_one status", "status", "Status"],
        *(["text", f"f{n:02d}", f"F{n:02d}"] for n in range(20)),
    ]
    return workbook(survey, ["Bulk", "bulk", "1"])


WORKBOOKS: Mapping[str, Callable[[], bytes]] = {  # by the SHA-1 of what was sent
    "5392f0c974e3129cbe2cbb7fa58e6fb2efe96c8a": registration,
    "666f94daf2075282be0b21744e0f7dbd16bb53cd": followup,
    "94c036d8a7121145951343b403bd5ac21b143c8b": bulk,
    "bdf3759a6d543946c528bb14f990486d160c1728": lambda: workbook(
        [["select_one nolist", "x", "X"]], ["Bad", "bad", "1"]
    ),
    "d27c366ee92679974702b88cf2ac3cf5bde47338": lambda: workbook([["text", "x", "X"]], ["Warn", "warn", "1"]),
    "662fe959be844c0b60e13d09205e6864e9265583": lambda: registration("2", ["text", "notes_v2", "Notes"]),
}


def _head(name: str) -> str:
    """A photo's bytes are told apart by its part's head."""
    return f'Content-Disposition: form-data; name="{name}"; filename="{name}"\r\nContent-Type: image/jpeg'


PHOTOS: Mapping[str, bytes] = {
    "4d25a59f7eae868604ed2f186a21ef7e8ef75682": OTHER,
    "99992c174a9a5807e676676212debf6790b6551d": PHOTO + _head("1700000000000.jpg").encode(),
}


@dataclass(frozen=True)
class Exchange:
    """One request and what Central answered, as it was recorded; secrets are masked."""

    name: str
    method: str
    target: str
    sent: Mapping[str, str]  # headers
    body: Any
    status: int
    headers: Mapping[str, str]
    answer: Any
    at: str


def recorded() -> list[Exchange]:
    """In the order in which they were recorded."""
    found = []
    for path in RECORDED.glob("*.json"):
        whole = json.loads(path.read_text("utf-8"))
        request, response = whole["request"], whole["response"]
        method, target, _ = request["line"].split(" ")
        headers = response["headers"]
        at = parsedate_to_datetime(headers["Date"]).isoformat()
        found.append(
            Exchange(
                path.stem, method, target, request["headers"], request["body"], response["status"], headers,
                response["body"], at,
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (one.at, one.name))


XMLNS = (
    'xmlns:h="http://www.w3.org/1999/xhtml" xmlns:orx="http://openrosa.org/xforms" '
    'xmlns:jr="http://openrosa.org/javarosa" xmlns:entities="http://www.opendatakit.org/xforms/entities"'
)


def person(name: str, age: int, photos: tuple[str, str], uuid: str, entity: str) -> str:
    """A registration as the recording's script wrote it."""
    return (
        f'<?xml version=\'1.0\' ?><data id="applicant_registration" version="1" {XMLNS}>'
        "<start>2026-11-20T10:00:00.000+01:00</start><end>2026-11-20T10:05:00.000+01:00</end>"
        f"<deviceid>collect:abc123</deviceid><full_name>{name}</full_name><age>{age}</age>"
        "<status>new</status><needs>water food</needs><loc>12.37 -1.52 305.0 4.5</loc>"
        f"<income>1234.50</income><dob>1990-02-03</dob><photo_person>{photos[0]}</photo_person><photo_house>{photos[1]}</photo_house>"
        "<hh><village>Ouagadougou</village><member><mname>Ali</mname><mage>12</mage></member>"
        "<member><mname>Binta</mname><mage>9</mage></member></hh><meta>"
        f'<entity dataset="applicants" id="{entity}" create="1"><label>{name}</label></entity>'
        f"<orx:instanceID>uuid:{uuid}</orx:instanceID><orx:instanceName>{name}</orx:instanceName></meta></data>"
    )


def numbered(name: str, age: int, number: int, uuid: str, entity: str) -> str:
    return person(name, age, (f"170000000000{number}.jpg", f"170000010000{number}.jpg"), uuid, entity)


def visit(uuid: str, entity: str, offline: str = "", status: str = "eligible", base: int = 1) -> str:
    """A follow-up; `offline`: its trunkVersion and branchId."""
    return (
        '<?xml version=\'1.0\' ?><data id="applicant_followup" version="1" '
        'xmlns:orx="http://openrosa.org/xforms" xmlns:entities="http://www.opendatakit.org/xforms/entities">'
        f"<applicant>{entity}</applicant><new_status>{status}</new_status><comment>seen</comment>"
        "<photo_visit>visit.jpg</photo_visit><meta><audit>audit.csv</audit>"
        f'<entity dataset="applicants" id="{entity}" update="1" baseVersion="{base}" {offline}/>'
        f"<orx:instanceID>uuid:{uuid}</orx:instanceID></meta></data>"
    )


def sealed(uuid: str, photo: str, version: str) -> str:
    return (
        f'<?xml version="1.0"?><data id="bulk" version="{version}" encrypted="yes" '
        'xmlns="http://www.opendatakit.org/xforms/encrypted"><base64EncryptedKey>AA==</base64EncryptedKey>'
        f'<meta xmlns="http://openrosa.org/xforms"><instanceID>uuid:{uuid}</instanceID></meta>'
        f"<media><file>{photo}</file></media><encryptedXmlFile>submission.xml.enc</encryptedXmlFile></data>"
    )


AICHA = "79bbdd8e-fc3d-405f-b7db-f2e7de525330"  # entities
BOB = "95ae9fff-25f1-4961-9466-fc0fc4ebb4a0"
JOSE = "4782273d-4eb5-40c0-9f01-674499b7dbb0"
DUPONT = "38a0d1e4-e115-4361-b56d-eaf5abb0961a"
EVE = "198589bb-5208-4285-b2d0-b6e52e41ec18"
NOBODY = "0a1b2c3d-0000-4000-8000-000000000005"
BRANCH = 'trunkVersion="1" branchId="5e384150-0c81-4e20-9d45-36a3b66543a9"'
NO_BRANCH = 'trunkVersion="1" branchId=""'
SEALED_VERSION = "1[encrypted:AaH6/xbb]"

OF_AICHA = numbered("Aïcha Traoré", 34, 0, "d6b62f1c-7c53-4b95-b67e-886a9105de03", AICHA)
OF_BOB = numbered("Bob Smith", 51, 1, "8563864a-642a-4a51-b9ae-e77a8ebaaab7", BOB)
OF_JOSE = numbered("José Ñandú", 28, 2, "59000ad9-1d5e-46a1-b162-3de3c8592870", JOSE)
OF_DUPONT = numbered("Dupont &amp; Fils &lt;x&gt;", 40, 3, "81607bae-d9a9-40e9-bad1-0de2f388ac50", DUPONT)
OF_EVE = numbered("Eve", 22, 4, "79d16e65-9582-4dd1-ab4f-2689b75aed24", EVE)
UNICODE = person("Unicode", 1, ("фото 1 é.jpg", ""), "fef7d8f6-a5da-45b4-80c5-5e9ece943d25", NOBODY)
FOURTH = "0a1b2c3d-0000-4000-8000-000000000004"  # an id that the recording does not show

MULTIPARTS: Mapping[str, str] = {  # the XML of posts of which the parts' heads were recorded alone
    "b_028_sub_reg_0_part1": OF_AICHA,
    "b_031_sub_reg_0_part2": OF_AICHA,
    "b_034_sub_reg_1": OF_BOB,
    "b_035_sub_reg_2": OF_JOSE,
    "b_036_sub_reg_3": OF_DUPONT,
    "b_037_sub_reg_4": OF_EVE,
    "b_046_unexpected_extra_attachment_ignored": OF_BOB,
    "d_019_followup_conflict": visit("fabf08b4-1543-48f1-b812-283b99277c37", JOSE, NO_BRANCH),
    "d_020_followup_ok": visit("6d4930b9-7b04-4ab2-9286-0af3fee98ef6", AICHA, NO_BRANCH),
    "d3_001_followup_conflict": visit("94e62041-1477-4986-bec4-77dd8bf00f43", JOSE),
    "d3_002_followup_ok": visit("37978b4d-b015-401f-b1a8-9ceab685badc", AICHA),
    "d3_003_followup_offline_branch_1": visit("6ed00a7b-166a-48d2-9952-94397e85b8e1", BOB, BRANCH),
    "d3_004_followup_offline_branch_2": visit(FOURTH, BOB, BRANCH, "rejected", 2),
    "j_005_unicode_attachment": UNICODE,
}
SEALED: Mapping[str, tuple[str, str]] = {
    "g_008_enc_submit": ("f48a2a33-2937-4663-86f9-61da39bb5be3", "e1.jpg.enc"),
    "g_009_enc_submit": ("53006c1f-7739-47d6-90b1-34dad9e88392", "e2.jpg.enc"),
}


def sealed_version(model: CentralModel) -> str:
    """What the model called the version that the recording calls SEALED_VERSION."""
    secret = model.state.projects.get(3)
    return secret.forms["bulk"].shown.version if secret and "bulk" in secret.forms else SEALED_VERSION


def xml_of(name: str, model: CentralModel, answers: Mapping[str, Any]) -> str:
    """The XML of a post in parts; two of them Central gave back later."""
    if name == "c_026_edit_openrosa_as_appuser":
        return str(answers["c_029_sub_get_xml"])
    if name == "g_007_enc_submit":
        return str(answers["g_013_enc_xml"]).replace(SEALED_VERSION, sealed_version(model))
    if name in SEALED:
        return sealed(*SEALED[name], sealed_version(model))
    return MULTIPARTS[name]


def multipart(exchange: Exchange, xml: str) -> tuple[bytes, str]:
    """A body with the recorded parts' names, and its type."""
    heads = [part["head"].encode("latin-1").decode("utf-8") for part in exchange.body["multipart_parts"]]
    bodies = [xml.encode(), *(PHOTO + head.encode() for head in heads[1:])]
    parts = [f"--edge\r\n{head}\r\n\r\n".encode() + body for head, body in zip(heads, bodies, strict=True)]
    return b"\r\n".join(parts) + b"\r\n--edge--\r\n", "multipart/form-data; boundary=edge"


def rows(number: int) -> str:
    """One of the 2,000 that were sent to `bulk` between the recordings."""
    return (
        f'<data id="bulk" version="1"><name>Person {number}</name><n>{number}</n>'
        f"<p1>p{number:05d}_1.jpg</p1><p2>p{number:05d}_2.jpg</p2>"
        + "<item><iname>item 0</iname><iqty>4</iqty></item>" * (0 if number in (1, 1998) else 4)
        + "<loc>12.813569 -1.635404 300 5</loc><status>new</status>"
        + "".join(f"<f{n:02d}>alpha {n}</f{n:02d}>" for n in range(20))
        + f"<meta><instanceID>{BULK_IDS[number]}</instanceID></meta></data>"
    )


BULK_IDS = [
    "uuid:48b59099-1a88-4b3e-a08a-13b533d80dce",  # the oldest two
    "uuid:b1f74c40-2670-458d-ad33-46c8e8378697",
    *(f"uuid:0a1b2c3d-0000-4000-9000-{n:012d}" for n in range(1991)),
    "uuid:dff454d4-9e69-47ac-b052-fbd19bc8b7a0",
    "uuid:c20cabb7-fb52-4a31-8919-c30f7b81aa28",
    "uuid:0a1b2c3d-0000-4000-9000-000000001991",
    "uuid:83ba01ee-d62c-4c5f-9ddf-3f4ea8e761c7",
    "uuid:141806ea-26ab-4c14-8e0c-d6309bf3e337",
    "uuid:504c5201-526c-49cd-a296-506c7b974a67",
    "uuid:9e274bce-49de-4b0d-b126-71c006aeae66",
]
TRASHED = (
    "uuid:a3bf88e3-ad4f-4c32-8206-4f6d149c77e5",
    "uuid:8049d96d-3eba-4822-93da-a8a20d39b02f",
    "uuid:dc2245e6-10b8-48d3-9e59-b1936fd6d8ab",
)
LATER = (
    "uuid:54c972e9-fe4e-4400-9baa-70d7c953115a",
    "uuid:f0d3bb57-7c71-444d-849e-abf8fadc17ef",
    "uuid:1bf6df0d-e860-44b6-b38a-51b9a57d0e6f",
)
PURGED = "uuid:12efe46d-07d1-42af-a500-6309569f0514"


def small(instance_id: str) -> bytes:
    return f'<data id="bulk" version="1"><meta><instanceID>{instance_id}</instanceID></meta></data>'.encode()


def before(name: str, model: CentralModel) -> None:
    """What happened between the exchange before this one and it."""
    if name in WORKER_CAME:
        model.settle()
    if name in BETWEEN:
        BETWEEN[name](model)


def _phone(model: CentralModel) -> AppUser:
    return model.state.projects[1].app_users[0]


def _fill_bulk(model: CentralModel) -> None:
    for number in range(len(BULK_IDS)):
        photos = {f"p{number:05d}_{which}.jpg": PHOTO for which in (1, 2)}
        model.submit(rows(number).encode(), photos, by=_phone(model))


def _fill_trash(model: CentralModel) -> None:
    for one in (*TRASHED, *LATER, PURGED):
        sender = By(_phone(model).id, "duplicate" if one == LATER[0] else None)
        submissions.receive(model.state, model.state.projects[1], small(one), {}, sender)
    for one in (*TRASHED, PURGED):
        model.delete(one)
    model.purge(PURGED)


def _change_age(model: CentralModel) -> None:
    dataset = model.state.projects[1].datasets["applicants"]
    entity = dataset.entities["79bbdd8e-fc3d-405f-b7db-f2e7de525330"]
    by = By(model.admin.id, None, "script")
    entities.patch(model.state, dataset, entity, {"data": {"age": "99"}}, by, None, True, False)


WORKER_CAME = (
    "c_001_review_approved",
    "d_029_entity_delete",
    "d3_006_entity_conflict_get",
    "g_001_project_create",
)
BETWEEN: Mapping[str, Callable[[CentralModel], object]] = {
    "d_041_dataset_create": lambda model: model.state.skip("dataset", 2),
    "d3_001_followup_conflict": _fill_bulk,
    "f_032_user_create_viewer": lambda model: model.state.skip("actor", 15),
    "f_043_session_delete": lambda model: model.app_user("to revoke", "bulk"),
    "g_001_project_create": lambda model: model.project("H2 Other"),
    "i_002_skiptoken_cursor_purged": _fill_trash,
    "j_008_entities_odata_filter_updated": _change_age,
}


def path_of(target: str, key: str, given: str) -> str:
    """The recorded path with the model's own tokens; `given`: what `<secret>` stands for."""
    return re.sub(r"<secret>", given, target.replace("<app-user-token>", key))
