"""Every revision up and down with a province's rows: nothing is lost, and the work continues."""

from dataclasses import replace
from datetime import UTC, date, datetime
from operator import itemgetter
from typing import Any

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.orm import Session

from mochocho.app import pulses
from mochocho.app.migrations.migrate import downgrade, upgrade
from mochocho.app.pipeline import ledger, skip_cache
from mochocho.app.tables import (
    AccessHeadRow,
    AccessRow,
    AccountRow,
    AskedWorkRow,
    ErasureRow,
    PortalSessionRow,
    RecoveryCodeRow,
    SignInLinkRow,
    SignInRow,
    UsedTotpRow,
)
from mochocho.storage.db import Base, ClosingRow, reading, transaction
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal, Transient
from mochocho.words.model import ApplicantType, Gate, Outcome, Resolution, Votes
from processing.assessment import assess, cases
from processing.decisions import audit, record_resolutions, recorder
from processing.decisions.decision import Decision, Kind
from processing.likeness import duplicate_search
from processing.meetings.tables import MeetingRow
from processing.register import register_forms, stored
from processing.releases.tables import ReleaseRow
from processing.sittings.tables import SittingRow
from processing.tables import (
    DecoderDeathRow,
    FormerIdentityRow,
    FormerResultRow,
    KnowledgeRow,
    PlanRow,
    SamePageRow,
    SelfAssessmentRow,
    SupplementRow,
    UnreadRow,
)
from reports.tables import NoticeRow, PacketRow
from sync.tables import (
    Entity,
    EntityUpdate,
    ErasedRow,
    FormerFile,
    PublishedList,
    PublishedRow,
    Quarantined,
    Seen,
    ServerForm,
    ServerList,
    ServerOfficer,
    ServerVersion,
    SubmissionVersion,
    Sweep,
    WebLinkRow,
)
from tests import builders
from tests.builders import NOON
from tests.integration import province_mirror as mirror
from xlsforms import names

Rows = dict[str, list[dict[str, Any]]]


def revisions() -> list[str]:
    """The first one first."""
    config = Config()
    config.set_main_option("script_location", "mochocho.app:migrations")
    config.set_main_option("path_separator", "os")
    walked = ScriptDirectory.from_config(config).walk_revisions()
    return [script.revision for script in walked][::-1]


REVISIONS = revisions()
BY = "นางบันทึก ตัวอย่าง"
PASSED = Resolution(Gate.DISTRICT, Outcome.PASS, "คณะกรรมการตัวอย่าง", "1/2568", date(2025, 4, 10), "", BY)
OF_A_MOMENT = ("pulse", "quiet", "revision", "work")  # of no use to another version, and made anew
ABOUT = (SupplementRow, KnowledgeRow, PlanRow, SelfAssessmentRow)
FOLDED = ("decision", "match")  # of one chain since: test_the_chain_keeps_what_was_decided_before_it
PORTAL = (
    "portal_account",
    "portal_session",
    "portal_sign_in",
    "portal_recovery_code",
    "portal_used_totp",
    "portal_sign_in_link",
    "portal_access",
    "portal_access_head",
    "asked_work",
)
# Not there in the first revision: read, published, asked and told anew, but for what people matched and the
# files that servers replaced, which are given up.
LATER = (
    *(table.__tablename__ for table in ABOUT),
    "entity_update",
    "published_list",
    "published_row",
    "decision_head",
    "meeting",
    "released_packet",
    "sitting",
    "web_link",
    "sweep",
    "former_file",
    "server_form",
    "server_version",
    "server_list",
    "server_officer",
    "notice",
    "decoder_death",
    "closing",
    "former_result",
    "former_identity",
    "imprint",
    "same_page",
    "standing",  # made again from its assessment
    "erased",
    "erasure",
    *PORTAL,
)


def fill(home: Home) -> None:
    """Two who share a page and an ID, a taken key, a form unread, a sheet with evidence, one for nobody.

    Every table has rows.
    """
    first, second, third = (mirror.application(home, n, ApplicantType.LEADER) for n in (1, 2, 3))
    for form in (first, second):
        form.fields["national_id"] = "1000000000009"
    second.files["id_card_copy-app-2.jpg"] = first.files["id_card_copy-app-1.jpg"]
    third.entity = first.entity
    sheet = mirror.sheet(home, 1, ApplicantType.LEADER)
    code = home.pack.standard(ApplicantType.LEADER).indicators[0].code
    sheet.fields[names.evidence(code)] = "e.jpg"
    sheet.files["e.jpg"] = mirror.photo()
    unreadable = mirror.application(home, 4, applicant_type="village")
    officer = mirror.officer(home, home.province.districts[0].code)
    mirror.send(home, first, second, third, unreadable, sheet, mirror.sheet(home, 9), officer=officer)
    register_forms.run(home)
    record_resolutions.record(home, {first.entity: PASSED})
    matched = Decision(Kind.MATCH, first.entity, "later", recorded_by="ผู้ตรวจ ตัวอย่าง")
    recorder.record_decisions(home, [matched])
    assess.do(home, assess.due(home))
    builders.publish(home, builders.xform())
    skip_cache.look(home, "register", register_forms.due)
    with transaction(home.engine) as session:
        session.add_all(
            [
                Seen(source="spool", root_id="a", fingerprint="b"),
                Entity(
                    list_name=names.APPLICANTS, uuid=first.entity, root_id="app-1", label="ก", properties={}
                ),
                Quarantined(
                    source="spool", key="k", code="xml.malformed", message_th="อ่านไม่ได้", officer_id=officer
                ),
                DecoderDeathRow(sha256="0" * 64, check_version=1, deaths=1, at=NOON),
                SamePageRow(
                    sha256="0" * 64, check_version=1, sheet=0, other="1" * 64, other_sheet=0, per_cent=90
                ),
                ClosingRow(at=NOON, by="ก", next="", reopened_at=NOON, reopened_by="ก", reopened_for="แก้"),
                FormerResultRow(
                    key="f", type="group", name="ก", district="5701", alike="", place={}, result={}
                ),
                FormerIdentityRow(key="f", national_id="1000000000009"),
                PacketRow(manifest_sha256="0" * 64, meeting_no="1/2568", made_at=NOON),
                *(
                    table(root_id="later", instance_id="i", state_digest="d", applicant_key="k", content={})
                    for table in ABOUT
                ),
                EntityUpdate(
                    list_name=names.APPLICANTS, uuid="u", root_id="later", properties={}, versions=1
                ),
                PublishedList(name=names.APPLICANTS, made_from="0", published_at=NOON),
                PublishedRow(
                    list_name=names.APPLICANTS, name="k", position=1, fields={}, version=1, gone=False
                ),
                MeetingRow(key="2568-1", version=1, content={}, recorded_at=NOON, recorded_by="ก"),
                ReleaseRow(
                    number=1,
                    meeting_key="province:1/2568",
                    release=1,
                    addendum=0,
                    content="{}",
                    recorded_at=NOON,
                    recorded_by="ก",
                    previous="0" * 64,
                    hash="1" * 64,
                ),
                SittingRow(meeting="2568-1", number=1, content={}, recorded_at=NOON, recorded_by="ก"),
                ErasedRow(digest="0" * 64, salt="1"),
                ErasureRow(
                    about="k", officer="ก", reason="ก", state="done", begun_at=NOON, plan="", receipt="{}"
                ),
                *_of_a_server(session, officer),
                *_of_the_portal(session),
            ]
        )
    ledger.record(home, "pull", (), {"folder:away": Transient("ไม่อยู่", "it is away")})
    pulses.note(home, pulses.CONVEYOR, datetime.now(UTC))
    assert [table for table, held in rows(home.engine).items() if not held] == []


def _of_a_server(session: Session, officer: int) -> list[Base]:
    version = session.scalars(select(SubmissionVersion.id)).first()
    assert version is not None
    named = {"server": "central:north"}
    opened = {"form_id": "f", "applicant": "k", "officer": officer, "instance": ""}
    return [
        WebLinkRow(token_sha256="0" * 64, **opened, made_by="ก", made_at=NOON, until=NOON),
        Sweep(source="central:north", whole_at=NOON),
        FormerFile(version_id=version, name="e.jpg", sha256="0" * 64, size=1, until=NOON),
        ServerForm(**named, form_id="f", version="1", remote_id="f", sha256="0" * 64, published_at=NOON),
        ServerVersion(**named, remote_id="f", remote_version="v7", form_id="f", version="1"),
        ServerList(**named, name=names.APPLICANTS, sha256="0" * 64, put_at=NOON),
        ServerOfficer(**named, officer_id=officer, remote_id="7"),
        NoticeRow(**named, root_id="f/r", digest="d", made_from="m", sent_at=NOON),
    ]


def _of_the_portal(session: Session) -> list[Base]:
    texts = dict.fromkeys(("password", "totp", "issuer", "subject"), "")
    owner = AccountRow(
        login="ying",
        name="ก",
        role="viewer",
        districts=[],
        applicants=[],
        must_change=True,
        created_at=NOON,
        **texts,
    )
    session.add(owner)
    session.flush()
    account = {"account_id": owner.id}
    return [
        PortalSessionRow(id_hash="0" * 64, **account, half=False, began_at=NOON, seen_at=NOON),
        SignInRow(at=NOON, who="0" * 64, address="127.0.0.1", succeeded=True),
        RecoveryCodeRow(**account, code_hash="0" * 64),
        UsedTotpRow(**account, step=1),
        SignInLinkRow(code_hash="0" * 64, **account, until=NOON),
        AccessRow(
            number=1, at=NOON, name="ก", what="page", about="k", reason="", page="/", previous="", hash=""
        ),
        AccessHeadRow(id=1, number=1, hash=""),
        AskedWorkRow(
            kind="pull",
            about="",
            slot=None,
            state="done",
            asked_by="ก",
            asked_at=NOON,
            seen_at=NOON,
            ended_at=NOON,
            stage="assess",
            done=1,
            total=1,
            said="เสร็จ",
        ),
    ]


def rows(engine: Engine) -> Rows:
    """Everything in the database, as it stands there, as far as its tables go now."""
    with engine.connect() as connection:
        return {
            name: sorted(
                (dict(row) for row in connection.execute(text(f'SELECT * FROM "{name}"')).mappings()),
                key=lambda row: repr(sorted(row.items(), key=lambda item: item[0])),
            )
            for name in inspect(connection).get_table_names()
        }


def test_down_to_every_revision_and_up_again_keeps_what_it_knew(any_home: Home) -> None:
    fill(any_home)
    before = rows(any_home.engine)
    at_each = {}
    for revision in REVISIONS[-2::-1]:
        downgrade(any_home.engine, revision)
        at_each[revision] = rows(any_home.engine)
        for table, held in at_each[revision].items():
            if table not in ("alembic_version", *FOLDED):
                known_then = set(held[0]) if held else set()
                assert [{k: row[k] for k in known_then} for row in before[table]] == held
                assert len(held) == len(before[table])
    for revision in REVISIONS[1:-1]:
        upgrade(any_home.engine, revision)
        assert rows(any_home.engine).keys() == at_each[revision].keys()
    upgrade(any_home.engine)

    after = rows(any_home.engine)
    assert after.keys() == {*Base.metadata.tables, "alembic_version"}
    for row in (*before["applicant"], *after["applicant"]):
        del row["alike"]  # filled when it is read again
    for row in (*before["submission_version"], *after["submission_version"]):
        del row["not_offered"]  # likewise
    changed = {table for table in before if before[table] != after[table]}
    assert changed <= {"unread", *OF_A_MOMENT, *LATER, *FOLDED}  # which key a duplicate claims is read again


def test_from_the_first_revision_to_the_newest_and_back_every_row_is_the_same(any_home: Home) -> None:
    fill(any_home)
    downgrade(any_home.engine, REVISIONS[0])
    first = rows(any_home.engine)
    for _ in range(2):
        upgrade(any_home.engine)
        downgrade(any_home.engine, REVISIONS[0])
        again = rows(any_home.engine)
        # A duplicate is marked to be read again on the way up, for which key it claims was not recorded then.
        marked = {row["root_id"] for row in again["unread"] if not row["state_digest"]}
        assert marked == {"app-3"}
        for held in (first, again):
            for row in held["unread"]:
                row["state_digest"] = row["state_digest"] if row["root_id"] not in marked else ""
        assert again == first


def test_a_database_of_the_first_revision_comes_to_the_same_as_one_made_today(any_home: Home) -> None:
    fill(any_home)
    downgrade(any_home.engine, REVISIONS[0])
    upgrade(any_home.engine)

    standings = assess.do(any_home, assess.due(any_home))
    assert (standings.computed, standings.pointed) == (0, 2)  # nothing is judged anew
    assert assess.due(any_home) == []
    # the duplicate, and those whose choices nobody has looked at
    applications = [f"app-{n}" for n in (1, 2, 3, 4)]
    assert register_forms.due(any_home) == applications
    register_forms.run(any_home)
    assert register_forms.due(any_home) == assess.due(any_home) == []
    with reading(any_home.engine) as session:
        claimed = session.execute(select(UnreadRow.root_id, UnreadRow.claimed_key)).all()
        slices = duplicate_search.slices(session, stored.keys(session))
    assert dict(claimed)["app-3"] == mirror.ENTITY.format(1)
    assert all(own.shared_files and own.same_id for own in slices.values())
    assert len(cases.cases(any_home)) == 2


def test_the_chain_keeps_what_was_decided_before_it(any_home: Home) -> None:
    fill(any_home)
    before = rows(any_home.engine)["decision"]
    downgrade(any_home.engine, "0017")
    then = rows(any_home.engine)
    (resolved,), (matched,) = then["decision"], then["match"]
    assert (resolved["gate"], resolved["outcome"], resolved["meeting_no"]) == ("g6", "pass", "1/2568")
    assert (matched["root_id"], matched["applicant_key"]) == ("later", mirror.ENTITY.format(1))
    with any_home.engine.begin() as connection:  # a later one, and one that takes it back
        for key in ("k", ""):
            row = {**matched, "applicant_key": key}
            del row["id"]
            values = ", ".join(f":{column}" for column in row)
            connection.execute(text(f"INSERT INTO match ({', '.join(row)}) VALUES ({values})"), row)
    upgrade(any_home.engine)
    after = sorted(rows(any_home.engine)["decision"], key=itemgetter("number"))
    told = [(row["number"], row["kind"], row["applicant_key"], row["undoes"]) for row in after]
    first = (2, "match", matched["applicant_key"], None)
    assert told[1:] == [first, (3, "match", "k", 2), (4, "revoke", "k", 3)]
    kept = ("content", "about", "recorded_by", "recorded_at")
    assert [[row[c] for c in kept] for row in before] == [[row[c] for c in kept] for row in after[:2]]
    assert not list(audit.examine(any_home).found)


CONDITIONAL = {"outcome": Outcome.CONDITIONAL, "condition": "ส่งบัญชี", "due": date(2025, 6, 30)}
VOTED = {"votes": Votes(6, 1, 0), "present": 7, "reason": "เห็นชอบโดยเสียงข้างมาก"}


@pytest.mark.parametrize("more", [CONDITIONAL, VOTED, None])
def test_what_the_tables_before_the_chain_cannot_say_is_not_lost(
    any_home: Home, more: dict[str, Any] | None
) -> None:
    fill(any_home)
    key = mirror.ENTITY.format(1)
    if more:
        record_resolutions.record(any_home, {key: replace(PASSED, **more)})
    else:
        withdrawn = Decision(Kind.WITHDRAW, key, reason="ย้ายที่อยู่", recorded_by=BY)
        recorder.record_decisions(any_home, [withdrawn])
    before = rows(any_home.engine)
    with pytest.raises(Terminal, match="numbers 3") as refused:
        downgrade(any_home.engine, "0017")
    assert "กู้คืนไฟล์สำรอง" in refused.value.th
    assert rows(any_home.engine) == before


def test_each_revision_goes_both_ways_on_empty_tables(any_home: Home) -> None:
    before = rows(any_home.engine).keys()
    downgrade(any_home.engine, REVISIONS[0])
    assert rows(any_home.engine).keys() < before
    upgrade(any_home.engine)
    assert rows(any_home.engine).keys() == before
