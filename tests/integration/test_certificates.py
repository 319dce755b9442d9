"""Certificates: given once to whom the province certified, checked anywhere, replaced and revoked."""

import io
import json
import re
import stat
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pymupdf
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from mochocho.app.backup.make import backup
from mochocho.app.backup.restore import restore
from mochocho.app.commands.cli import cli
from mochocho.storage.home import Home
from mochocho.words.model import ApplicantType, Gate, Outcome, Resolution
from processing.certificates import certificate, issue, signing
from processing.certificates.certificate import Certificate, NotACertificate, made, short_code
from processing.certificates.signing import FILE, Signer
from processing.decisions import recorder
from processing.decisions.decision import Decision, Kind
from tests import qr_reader
from tests.integration.registered import put

BY = ("--by", "นางบันทึก ตัวอย่าง")
WHY = ("--reason", "พิมพ์ชื่อผิด")
MEETING = date(2025, 5, 1)


def quiet(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def resolve(
    home: Home,
    key: str,
    outcome: Outcome = Outcome.PASS,
    *,
    gate: Gate = Gate.PROVINCE,
    meeting: str = "1/2568",
) -> None:
    owing = outcome is Outcome.CONDITIONAL
    resolution = Resolution(
        gate,
        outcome,
        "คณะกรรมการรับรองมาตรฐานการพัฒนาชุมชนจังหวัด",
        meeting,
        MEETING,
        reason="" if outcome.passes else "เอกสารไม่ครบ",
        recorded_by="นางบันทึก ตัวอย่าง",
        condition="ส่งรายงานการประชุม" if owing else "",
        due=date(2025, 6, 30) if owing else None,
    )
    recorder.record_all(home, [(key, resolution)])


def call(folder: Path, home: Home | None, *words: str) -> Result:
    settings = folder / "mochocho.toml"
    if home is not None:
        url = home.settings.database_url.get_secret_value()
        text = f'home = "{home.settings.home}"\nprovince = "เชียงราย"\ndatabase_url = "{url}"\n'
        settings.write_text(text, "utf-8")
    given = ("--config", str(settings)) if home is not None else ()
    return CliRunner().invoke(cli, [*given, *words])


def done(folder: Path, home: Home, *words: str) -> str:
    result = call(folder, home, *words)
    assert result.exit_code == 0, result.output
    return result.output


def listed(folder: Path, home: Home) -> list[list[str]]:
    """The register's lines, without the count below them, by their parts."""
    lines = done(folder, home, "certificates", "list").splitlines()[:-1]
    return [re.split(r" {2,}", line) for line in lines]


def qr_text(pdf: bytes, page: int = 0) -> str:
    with pymupdf.open(stream=pdf) as opened:
        image = Image.open(io.BytesIO(opened[page].get_pixmap(dpi=200).tobytes("png")))
        return qr_reader.text_in(image)


def test_whom_the_province_certified_gets_one_and_nobody_twice(home: Home, tmp_path: Path) -> None:
    put(home, 1, 2, 3, 4, 5)
    for key, outcome in (("k2", Outcome.PASS), ("k1", Outcome.PASS), ("k3", Outcome.CONDITIONAL)):
        resolve(home, key, outcome)
    resolve(home, "k4", Outcome.FAIL)
    shown = done(tmp_path, home, "certificates", "issue", "--dry-run")
    assert "certificates to give: 2; nothing was recorded" in shown
    assert listed(tmp_path, home) == []
    gave = call(tmp_path, home, "certificates", "issue", *BY)
    assert "ส่งรายงานการประชุม" in gave.stderr
    assert [row[:4] for row in listed(tmp_path, home)] == [
        [f"{n}/2568", f"กลุ่มตัวอย่าง {n}", "กลุ่มองค์กรชุมชน", "เมืองเชียงราย"] for n in (1, 2)
    ]
    done(tmp_path, home, "certificates", "issue", *BY)  # nobody waits
    resolve(home, "k3")  # the condition is met, and the committee resolved so
    done(tmp_path, home, "certificates", "issue", *BY, "--day", "๓๐ มิถุนายน ๒๕๖๘")
    third = listed(tmp_path, home)[2]
    assert (third[0], third[4]) == ("3/2568", "30 มิ.ย. 2568")


def test_numbers_are_never_used_again_whatever_becomes_of_them(any_home: Home, tmp_path: Path) -> None:
    put(any_home, 1, 2, 3)
    resolve(any_home, "k1")
    resolve(any_home, "k2")
    issue.give(any_home, "ก", None)
    done(tmp_path, any_home, "certificates", "revoke", "2", *WHY, *BY)
    done(tmp_path, any_home, "certificates", "reissue", "๑", *WHY, *BY, "--name", "กลุ่มตัวอย่าง หนึ่ง")
    resolve(any_home, "k3")
    waits = call(tmp_path, any_home, "certificates", "issue", "--dry-run")
    assert "กลุ่มตัวอย่าง 2: not given, the former one was revoked" in waits.stderr
    assert "certificates to give: 1" in waits.output
    resolve(any_home, "k2", meeting="2/2568")  # the committee certifies it anew
    assert [one.number for one in issue.give(any_home, "ก", None)] == [4, 5]  # k2 again, and k3
    names = [(row[0], row[1], row[-1]) for row in listed(tmp_path, any_home)]
    assert [(no, name) for no, name, _ in names] == [
        ("1/2568", "กลุ่มตัวอย่าง 1"),
        ("2/2568", "กลุ่มตัวอย่าง 2"),
        ("3/2568", "กลุ่มตัวอย่าง หนึ่ง"),
        ("4/2568", "กลุ่มตัวอย่าง 2"),
        ("5/2568", "กลุ่มตัวอย่าง 3"),
    ]
    assert names[0][2] == "[ออกเลขที่ 3 แทนแล้ว: พิมพ์ชื่อผิด]"
    assert names[1][2] == "[เพิกถอนแล้ว: พิมพ์ชื่อผิด]"
    assert names[2][2] == "(แทนเลขที่ 1: พิมพ์ชื่อผิด)"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("reissue", "1", *BY), "needs a reason"),
        (("revoke", "1", *BY), "needs a reason"),
        (("revoke", "9", *WHY, *BY), "there is no certificate number 9"),
        (("reissue", "2", *WHY, *BY), "no resolution that certifies it holds"),
        (("revoke", "3", *WHY, *BY), "was replaced or revoked"),
        (("revoke", "หนึ่ง", *WHY, *BY), "is no whole number"),
        (("revoke", "1", *WHY), "say who records"),
    ],
)
def test_what_cannot_be_done_is_refused(home: Home, tmp_path: Path, words: Sequence[str], said: str) -> None:
    put(home, 1, 2, 3)
    for key in ("k1", "k2", "k3"):
        resolve(home, key)
    issue.give(home, "ก", None)
    issue.revoke(home, 3, "ผิด", "ก")
    resolve(home, "k2", Outcome.FAIL)
    refused = call(tmp_path, home, "certificates", *words)
    assert refused.exit_code in (1, 2)
    assert said in refused.stderr
    assert len(listed(tmp_path, home)) == 3


def test_no_other_door_gives_or_opens_one(home: Home, tmp_path: Path) -> None:
    """The decision that gives it is the second; the resolution is the first."""
    put(home, 1)
    resolve(home, "k1")
    issue.give(home, "ก", None)
    again = call(tmp_path, home, "decisions", "correct", "2", *WHY, *BY)
    assert again.exit_code == 1
    assert "a number is given once" in again.stderr
    opened = call(tmp_path, home, "decisions", "reopen", "2", *WHY, *BY)
    assert "cannot be reopened" in opened.stderr
    done(tmp_path, home, "decisions", "revoke", "2", *WHY, *BY)
    assert "เพิกถอนแล้ว" in listed(tmp_path, home)[0][-1]


def test_the_printed_page_says_what_was_given_and_its_code_is_read_by_a_camera(
    home: Home, tmp_path: Path
) -> None:
    put(home, 1, 2)
    resolve(home, "k1")
    resolve(home, "k2")
    issue.give(home, "ก", None)
    issue.reissue(home, 1, "สูญหาย", "ก")
    done(tmp_path, home, "certificates", "print", str(tmp_path / "c.pdf"))
    pdf = (tmp_path / "c.pdf").read_bytes()
    with pymupdf.open(stream=pdf) as opened:
        words = [" ".join(page.get_text().split()) for page in opened]
    assert len(words) == 2  # the lost one stands no more
    assert "กลุ่มตัวอย่าง ๒" in words[0]
    assert "เลขที่ ๓/๒๕๖๘" in words[1]
    assert "ออกแทนเลขที่ ๑/๒๕๖๘" in words[1]
    assert "ให้ไว้ ณ วันที่ ๑ พฤษภาคม พ.ศ. ๒๕๖๘" in words[1]
    text = qr_text(pdf, 1)
    assert short_code(text) in words[1]
    assert "holds: number 3" in done(tmp_path, home, "verify-certificate", text)
    done(tmp_path, home, "certificates", "print", str(tmp_path / "again.pdf"), "2", "๓/๒๕๖๘")
    assert (tmp_path / "again.pdf").read_bytes() == pdf


def test_offline_a_changed_word_fails_and_a_revoked_one_says_so(home: Home, tmp_path: Path) -> None:
    put(home, 1, 2, 3)
    for key in ("k1", "k2"):
        resolve(home, key)
    first, second = issue.give(home, "ก", None)
    out = tmp_path / "public"
    done(tmp_path, home, "certificates", "export-key", str(out))
    key, listed_ = ("--key", str(out / "certificate-keys.pem")), ("--list", str(out / "certificates.json"))

    def check(text: str, *with_: str) -> tuple[int, str]:
        result = call(tmp_path, None, "verify-certificate", text, *with_)
        return result.exit_code, " ".join((result.stdout + result.stderr).split())

    assert "whether it was revoked is known by --list" in check(first.text, *key)[1]
    assert check(first.text, *key, *listed_)[0] == 0
    assert check(first.code.lower().replace("-", " "), *key, *listed_)[0] == 0
    assert check(first.code, *key)[0] == 1  # a short code alone says nothing without the list
    for changed in (
        first.text.replace("ตัวอย่าง 1", "ตัวอย่าง 7"),
        first.text.replace("|1|", "|2|", 1),
        first.text.replace("|group|", "|leader|"),
        first.text.replace(first.signature, second.signature),
    ):
        for with_ in ((), key, (*key, *listed_)):
            home_ = home if not with_ else None
            result = call(tmp_path, home_, "verify-certificate", changed, *with_)
            assert result.exit_code == 1, result.output
            assert "ตัวอย่าง 7" not in result.stdout
    issue.revoke(home, 1, "ออกผิดราย", "ก")
    assert "number 1 was revoked: ออกผิดราย" in " ".join(
        call(tmp_path, home, "verify-certificate", first.code).output.split()
    )
    resolve(home, "k3")
    (late,) = [one for one in issue.give(home, "ก", None) if "3" in one.name]
    assert "list is older" in check(late.text, *key, *listed_)[1]
    done(tmp_path, home, "certificates", "export-key", str(out))
    assert check(first.text, *key, *listed_)[0] == 1
    assert "was revoked" in check(first.code, *key, *listed_)[1]
    resolve(home, "k2", Outcome.FAIL)
    assert "holds no more" in call(tmp_path, home, "verify-certificate", second.code).output
    tampered = json.loads((out / "certificates.json").read_text())
    tampered["certificates"][0]["state"] = "valid"
    (out / "certificates.json").write_text(json.dumps(tampered))
    assert "no list that this key signed" in check(first.code, *key, *listed_)[1]
    assert "กลุ่ม" not in json.dumps(tampered, ensure_ascii=False)


def test_the_key_is_its_owners_alone_and_goes_with_a_backup(
    home: Home, other_home: Home, tmp_path: Path
) -> None:
    put(home, 1)
    resolve(home, "k1")
    (one,) = issue.give(home, "ก", None)
    path = home.settings.home / FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    backup(home, tmp_path / "b.tar", quiet)
    restore(other_home, tmp_path / "b.tar", quiet)
    moved = other_home.settings.home / FILE
    assert (moved.read_bytes(), stat.S_IMODE(moved.stat().st_mode)) == (path.read_bytes(), 0o600)
    path.chmod(0o644)
    refused = call(tmp_path, home, "certificates", "reissue", "1", *WHY, *BY)
    assert "chmod 600" in refused.stderr
    path.unlink()  # it is lost: the next ones are signed by another, and what was given is checked as before
    done(tmp_path, home, "certificates", "reissue", "1", *WHY, *BY)
    done(tmp_path, home, "certificates", "export-key", str(tmp_path / "public"))
    keys = signing.read_pem((tmp_path / "public" / "certificate-keys.pem").read_bytes())
    assert len(keys) == 2
    assert signing.holds(one, keys)


def test_the_office_words_its_certificates_itself(home: Home, tmp_path: Path) -> None:
    put(home, 1)
    resolve(home, "k1")
    issue.give(home, "ก", None)
    done(tmp_path, home, "certificates", "wording", str(tmp_path / "wording"))
    own = tmp_path / "wording" / "certificate.yaml"
    shipped = own.read_text("utf-8")
    own.write_text(shipped.replace("ออกหนังสือรับรองฉบับนี้ไว้เพื่อแสดงว่า", "'{ปีก่อน} ขอประกาศว่า'"), "utf-8")
    settings = tmp_path / "mochocho.toml"
    settings.write_text(
        f'home = "{home.settings.home}"\nprovince = "เชียงราย"\n[papers]\nwording = "wording"\n', "utf-8"
    )
    words = ("--config", str(settings), "certificates", "print", str(tmp_path / "c.pdf"))
    refused = CliRunner().invoke(cli, list(words))
    assert refused.exit_code == 1
    assert "{ปีก่อน}" in refused.stderr
    assert re.search(r"certificate\.yaml:\d+: ", refused.stderr)
    own.write_text(
        shipped.replace("ออกหนังสือรับรองฉบับนี้ไว้เพื่อแสดงว่า", "'{{7*7}} #panic() =1+1 *ขอ* ว่า'"), "utf-8"
    )
    assert CliRunner().invoke(cli, list(words)).exit_code == 0
    with pymupdf.open(tmp_path / "c.pdf") as opened:
        assert "{{๗*๗}} #panic() =๑+๑ *ขอ* ว่า" in opened[0].get_text()


KEY = Signer(signing.Ed25519PrivateKey.generate())
names = st.text(min_size=1, max_size=80)


@given(
    st.integers(1, 9999),
    st.sampled_from(ApplicantType),
    names,
    names,
    st.dates(date(2024, 10, 1), date(2026, 9, 30)),
    st.data(),
)
def test_every_certificate_is_read_back_and_no_other_word_passes(
    number: int, type_: ApplicantType, name: str, district: str, day: date, data: st.DataObject
) -> None:
    one = made(Certificate("57", 2568, number, type_, day, district, name, KEY.key_id), KEY.sign)
    assert certificate.read(one.text) == one
    assert signing.holds(one, [KEY.public]) is True
    assert certificate.typed_code(one.code.lower()) == one.code
    place = data.draw(st.integers(0, len(one.text) - 1))
    letter = data.draw(st.characters(exclude_categories=("Cs",)).filter(lambda c: c != one.text[place]))
    changed = one.text[:place] + letter + one.text[place + 1 :]
    assert short_code(changed) != one.code
    try:
        read = certificate.read(changed)
    except NotACertificate:
        return
    assert not signing.holds(read, [KEY.public])


def test_a_decision_of_this_kind_needs_a_resolution_that_stands(home: Home) -> None:
    put(home, 1)
    resolve(home, "k1")
    (one,) = issue.give(home, "ก", None)
    assert one.number == 1
    withdrawn = Decision(Kind.WITHDRAW, "k1", reason="ย้ายออก", recorded_by="ก")
    recorder.record_decisions(home, [withdrawn])
    assert issue.waiting(home).ready == ()
