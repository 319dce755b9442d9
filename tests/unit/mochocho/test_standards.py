"""Packs: the sample agrees with the sources, released packs cannot change, errors say where and what."""

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mochocho.standards import load
from mochocho.standards.load import load_pack
from mochocho.standards.schema import Choice, Count, Pack, Percent, ResolutionProof
from mochocho.standards.written import yaml_of
from mochocho.words.errors import Terminal
from mochocho.words.model import ApplicantType

SAMPLE = load.RELEASED / "2568-sample.yaml"
TEXT = SAMPLE.read_text(encoding="utf-8").replace("id: 2568-sample\n", "id: my-own\n")


@pytest.fixture(scope="module")
def sample() -> Pack:
    return load_pack("2568-sample").pack


# rules.md, section C: the mandatory documents of each type; the optional one is the same for all.
MANDATORY = {
    "leader": ["ใบสมัคร", "รูปถ่าย", "สำเนาทะเบียนบ้าน", "สำเนาบัตรประชาชน"],
    "group": ["ใบสมัคร", "บันทึกการประชุมกลุ่ม/องค์กรชุมชนที่มีมติสมัคร", "รายชื่อทีมนำการพัฒนา"],
    "network": ["ใบสมัคร", "บันทึกการประชุมเครือข่ายที่มีมติสมัคร", "รายชื่อทีมนำการพัฒนา"],
    "community": ["ใบสมัคร", "บันทึกประชาคมชุมชนที่มีมติสมัคร", "รายชื่อทีมนำการพัฒนา"],
}


class TestSample:
    def test_it_is_no_official_pack(self, sample: Pack) -> None:
        assert not sample.official
        assert sample.fiscal_year_be == 2568
        indicators = [i for s in sample.standards for i in s.indicators]
        assert {i.confidence for i in indicators} == {"reconstructed"}

    def test_types_in_order_with_their_units(self, sample: Pack) -> None:
        assert [(s.th, s.standard_th, s.unit_th) for s in sample.standards] == [
            ("ผู้นำชุมชน", "มาตรฐานผู้นำชุมชน", "คน"),
            ("กลุ่ม/องค์กรชุมชน", "มาตรฐานกลุ่ม/องค์กรชุมชน", "กลุ่ม"),
            ("เครือข่ายองค์กรชุมชน", "มาตรฐานเครือข่ายองค์กรชุมชน", "เครือข่าย"),
            ("ชุมชน", "มาตรฐานชุมชน", "ชุมชน"),
        ]

    @pytest.mark.parametrize("type_", ApplicantType)
    def test_documents_are_those_of_the_source(self, sample: Pack, type_: ApplicantType) -> None:
        documents = sample.standard(type_).documents
        assert [d.th for d in documents if d.mandatory] == MANDATORY[type_]
        assert [d.th for d in documents if not d.mandatory] == ["รายชื่อคณะที่ปรึกษา (หากมี)"]
        assert [d.code for d in documents if d.waivable] == (
            ["house_registration_copy", "id_card_copy"] if type_ == "leader" else []
        )

    def test_the_id_card_is_covered_before_it_is_photographed(self, sample: Pack) -> None:
        documents = {d.code: d for d in sample.standard(ApplicantType.LEADER).documents}
        assert documents["id_card_copy"].redact == ("ศาสนา", "หมู่โลหิต")
        assert {c: d.capture for c, d in documents.items() if d.capture != "pages"} == {
            "application_form": "signed_form",
            "photo": "portrait",
        }

    def test_eligibility_is_that_of_the_source(self, sample: Pack) -> None:
        rules = {s.code: {e.code: e.check for e in s.eligibility} for s in sample.standards}
        assert list(rules[ApplicantType.LEADER]) == [
            "residence_1y",
            "continuous_work",
            "respected",
            "position_any",
        ]
        position = rules[ApplicantType.LEADER]["position_any"]
        assert isinstance(position, Choice)
        assert [c.code for c in position.choices] == ["formal", "informal"]
        assert list(rules[ApplicantType.GROUP]) == [
            "member_resolution"
        ]  # active_1y is on one district's page only
        assert list(rules[ApplicantType.NETWORK]) == ["member_resolution"]
        assert list(rules[ApplicantType.COMMUNITY]) == ["definite_area", "prachakhom_resolution"]
        proofs = [
            c.proof_document for r in rules.values() for c in r.values() if isinstance(c, ResolutionProof)
        ]
        assert proofs == ["member_meeting_minutes", "network_meeting_minutes", "prachakhom_record"]

    def test_numbers_a_source_states(self, sample: Pack) -> None:
        indicators = {i.code: i for s in sample.standards for i in s.indicators}
        stated = {"N1.2.1": 3, "N1.2.2": 70, "N2.1.1": 2, "N3.2.1": 2}  # rules.md 37
        for code, threshold in stated.items():
            measure = indicators[code].measure
            assert isinstance(measure, Count | Percent)
            assert measure.threshold == threshold
        placeholders = [c for c, i in indicators.items() if "ตัวเลขเกณฑ์สมมุติ" in i.note]
        assert len(placeholders) == 18
        assert not set(placeholders) & set(stated)

    def test_every_kind_of_measure_occurs(self, sample: Pack) -> None:
        kinds = [i.measure.kind for s in sample.standards for i in s.indicators]
        assert set(kinds) == {"count", "percent", "yes_no", "rubric"}
        assert [len(s.indicators) for s in sample.standards] == [15, 12, 12, 10]

    def test_its_header_explains_every_key_a_reader_meets(self) -> None:
        header = TEXT.partition("\nid:")[0]
        for word in (
            "compared_with",
            "official",
            "source",
            "confidence",
            "note",
            "check.type",
            "capture",
            "waivable",
            "redact",
        ):
            assert re.search(rf"^#   .*{re.escape(word)}", header, re.MULTILINE), word


class TestWhatEarlierPacksDoNotSay:
    """Keys that came later: a pack that says nothing of them is stored as it was, byte by byte."""

    def test_is_not_stored(self) -> None:
        said = load.canonical(load_pack("2568-sample").pack).decode()
        assert "reconciling" not in said
        assert said.count("compared_with") == 7

    def test_means_the_mean_and_no_threshold(self) -> None:
        pack = load_pack("2568-sample").pack
        assert (pack.reconciling, pack.agreed_by) == (None, "mean")

    def test_what_is_said_is_read_back(self, sample: Pack) -> None:
        said = {"rule": "median", "above": 40, "source": "none", "confidence": "reconstructed"}
        pack = Pack.model_validate({**sample.model_dump(), "reconciling": said})
        named = pack.model_copy(update={"id": "my-own"})
        assert load.from_canonical(load.canonical(pack)) == pack
        assert load.parse_pack(yaml_of(named).encode()).pack == named


class TestReleasedPacks:
    def test_every_pack_is_locked_and_as_it_was_released(self) -> None:
        files = {path.stem: path for path in load.RELEASED.iterdir() if path.name != "LOCK"}
        assert {p.suffix for p in files.values()} == {".yaml"}
        assert {i: hashlib.sha256(p.read_bytes()).hexdigest() for i, p in files.items()} == load.released()

    @pytest.mark.parametrize("id_", load.released())
    def test_every_released_pack_loads_under_its_id(self, id_: str) -> None:
        loaded = load_pack(id_)
        assert loaded.pack.id == id_
        assert loaded.digest == load.released()[id_]
        assert load_pack(load.RELEASED / f"{id_}.yaml") == loaded

    def test_a_released_pack_that_was_changed_is_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for file in load.RELEASED.iterdir():
            (tmp_path / file.name).write_bytes(file.read_bytes())
        monkeypatch.setattr(load, "RELEASED", tmp_path)
        load_pack("2568-sample")
        with (tmp_path / "2568-sample.yaml").open("ab") as changed:
            changed.write(b"#\n")
        assert refusal("2568-sample").endswith("(เปลี่ยน id) แทน")
        assert "ตั้ง id ใหม่" in refusal(tmp_path / "2568-sample.yaml")

    def test_a_copy_that_was_changed_needs_an_id_of_its_own(self, tmp_path: Path) -> None:
        copy = tmp_path / "copy.yaml"
        copy.write_bytes(SAMPLE.read_bytes())
        assert load_pack(copy) == load_pack("2568-sample")
        copy.write_text(TEXT.replace("id: my-own", "id: 2568-sample"), encoding="utf-8", newline="\r\n")
        assert f"copy.yaml:{line_of('id: my-own')}: id “2568-sample”" in refusal(copy)

    @pytest.mark.parametrize("id_", ["2569", "", "../packs/2568-sample", "LOCK", "2568-sample\n"])
    def test_an_unknown_id_names_those_there_are(self, id_: str) -> None:
        assert "ที่มีคือ 2568-sample" in refusal(id_)

    def test_a_file_that_cannot_be_opened(self, tmp_path: Path) -> None:
        missing = tmp_path / "none.yaml"
        assert refusal(str(missing)).startswith(f"{missing}: เปิดไฟล์ชุดมาตรฐานไม่ได้")
        assert "เปิดไฟล์ชุดมาตรฐานไม่ได้" in refusal(tmp_path)


def refusal(id_or_path: str | Path) -> str:
    with pytest.raises(Terminal) as refused:
        load_pack(id_or_path)
    return refused.value.th


def line_of(start: str, text: str = TEXT) -> int:
    """The first line (from 1) that has `start` in it."""
    return next(n for n, line in enumerate(text.splitlines(), start=1) if start in line)


# What is wrong; the text that is replaced, once; by what; words of the answer.
OURS = "source: none, confidence: reconstructed"

AT_THE_CHANGE = [
    ("colon in a text", "th: คุณสมบัติครบ", "th: คุณสมบัติ: ครบ", "คร่อมทั้งข้อความ"),
    ("tab", "  percent: 70", "\tpercent: 70", "แท็บ"),
    ("control character", "th: ผู้นำชุมชน", "th: ผู้นำ\x07ชุมชน", "มองไม่เห็น"),
    ("anchor", "th: ผู้นำชุมชน", "th: &a ผู้นำชุมชน", "ขึ้นต้นด้วย & หรือ *"),
    ("alias", "th: ผู้นำชุมชน", "th: *a", "ขึ้นต้นด้วย & หรือ *"),
    ("tag", "th: ผู้นำชุมชน", "th: !!python/name:os.system x", "ขึ้นต้นด้วย !"),
    ("deep", "id: my-own", "id: " + "[" * 5000, "ซ้อนกันเกิน 20 ชั้น"),
    ("merge key", "official: false\n", "official: false\n<<: {a: b}\n", "ไม่รู้จักคีย์ “<<”"),
    ("list as a key", "official: false\n", "official: false\n? [a]\n: b\n", "คีย์ต้องเป็นคำเดียว"),
    ("key twice", "official: false\n", "official: false\nofficial: true\n", "“official” ซ้ำ"),
    ("unknown key", "official: false\n", "official: false\nofisial: true\n", "แก้ตัวสะกด (ใกล้กับ “official”)"),
    ("no close key", "official: false\n", "official: false\nประเภท: ก\n", "ไม่รู้จักคีย์ “ประเภท” ที่นี่"),
    ("text for a number", "at_least: 12", "at_least: สิบสอง", "“at_least” ต้องเป็นจำนวนเต็ม"),
    ("Thai digits", "percent: 70", "percent: ๗๐", "“percent” ต้องเป็นจำนวนเต็ม เขียนด้วยเลขอารบิก"),
    ("fraction", "percent: 70", "percent: 70.5", "“percent” ต้องเป็นจำนวนเต็ม"),
    ("true for a number", "percent: 70", "percent: true", "“percent” ต้องเป็นจำนวนเต็ม"),
    ("octal", "percent: 70", "percent: 070", "“percent” ต้องเป็นจำนวนเต็ม"),
    ("huge number", "percent: 70", "percent: " + "9" * 5000, "“percent” ต้องเป็นจำนวนเต็ม"),
    ("number for a text", "unit_th: คน", "unit_th: 1", "“unit_th” ต้องเป็นข้อความ"),
    ("nothing for a text", "unit_th: คน", "unit_th:", "“unit_th” ต้องเป็นข้อความ"),
    ("only a space", "unit_th: คน", 'unit_th: " "', "“unit_th” ต้องไม่ว่าง"),
    ("only what cannot be seen", "unit_th: คน", 'unit_th: "\\ud800\\u200b"', "“unit_th” ต้องไม่ว่าง"),
    ("too long", "unit_th: คน", f"unit_th: {'ค' * 501}", "“unit_th” ต้องยาวไม่เกิน 500 ตัวอักษร"),
    ("no circular", "official: false", "official: true", "ต้องมีเลขที่และวันที่ของหนังสือแจ้ง (circular"),
    (
        "a meeting's percentage of a count",
        "L2.2.1\n",
        "L2.2.1\n                from_meetings: true\n",
        "แบบร้อยละ",
    ),
    ("compared with no form", "compared_with: plan", "compared_with: papers", "“compared_with” ต้องเป็น plan,"),
    ("a count compared with a plan", "compared_with: meetings", "compared_with: plan", "แบบ yes_no"),
    (
        "a level compared with a document",
        "L1.1.2\n",
        "L1.1.2\n                compared_with: document:photo\n",
        "yes_no",
    ),
    ("compared with no document", "document:lead_team_list", "document:lead_team", "แก้เป็นรหัสหนึ่งใน"),
    ("compared with no meetings", "document:member_meeting_minutes", "meetings", "ต้องมีตัวบ่งชี้ที่คิดจากการประชุม"),
    ("no rule", "rubric_levels:", f"reconciling: {{ rule: mode, {OURS} }}\nrubric_levels:", "mean, median"),
    ("threshold of all", "rubric_levels:", f"reconciling: {{ above: 100, {OURS} }}\nrubric_levels:", "ไม่เกิน"),
    ("yes for true", "waivable: true", "waivable: yes", "“waivable” ต้องเป็น true หรือ false"),
    ("unknown choice", "capture: portrait", "capture: photo", "“capture” ต้องเป็น signed_form,"),
    ("confidence", "confidence: reconstructed", "confidence: sure", "official หรือ reconstructed"),
    ("unknown kind", "{ kind: yes_no }", "{ kind: maybe }", "“kind” ต้องเป็น count, percent, yes_no, rubric"),
    ("no kind", "{ kind: yes_no }", "{ type: yes_no }", "ขาดคีย์ “kind”"),
    ("key of another kind", "{ kind: yes_no }", "{ kind: yes_no, threshold: 1 }", "ไม่รู้จักคีย์ “threshold”"),
    ("no threshold", "{ kind: percent, threshold: 70 }", "{ kind: percent }", "ขาดคีย์ “threshold”"),
    ("too small", "{ kind: percent, threshold: 70 }", "{ kind: percent, threshold: 0 }", "ต้องไม่น้อยกว่า 1"),
    ("too large", "percent: 70", "percent: 101", "“percent” ต้องไม่เกิน 100"),
    ("text for a list", "[ศาสนา, หมู่โลหิต]", "ศาสนา", "“redact” ต้องเป็นรายการ"),
    ("number in a list", "[ศาสนา, หมู่โลหิต]", "[ศาสนา, 7]", "“redact” ข้อที่ 2 ต้องเป็นข้อความ"),
    ("text for a mapping", "{ kind: yes_no }", "yes_no", "“measure” ต้องเป็นชุดของ “คีย์: ค่า”"),
    ("text for an item", "- { level: 1, th: ต้องปรับปรุง", "- ก\n  - { level: 1, th: ต้องปรับปรุง", "ข้อที่ 1"),
    ("reference in a text", "th: ผู้นำชุมชน", "th: ผู้นำ ${applicant_name}", "ข้อความมี “${” ไม่ได้"),
    ("bad id", "id: my-own", "id: My Own", "“id” ต้องเป็นอักษรอังกฤษตัวเล็ก"),
    ("bad code", "code: residence_1y", "code: ถิ่นที่อยู่", "“code” ต้องเป็นอักษรอังกฤษตัวเล็ก"),
    ("bad number", "code: L1.2.1", "code: 1.2.1", "เช่น L1, L1.2, L1.2.3"),
    ("gate out of order", "code: g2", "code: g3", "“code” ข้อที่ 2 ต้องเป็น g2"),
    ("unknown gate", "code: g8", "code: g9", "“code” ต้องเป็น g1, g2, g3, g4, g5, g6, g7 หรือ g8"),
    ("rubric out of order", "level: 2", "level: 4", "“level” ข้อที่ 2 ต้องเป็น 2"),
    ("rubric from 0", "level: 1", "level: 0", "“level” ต้องไม่น้อยกว่า 1"),
    ("types out of order", "- code: leader", "- code: group", "“code” ข้อที่ 1 ต้องเป็น leader"),
    ("unknown type", "- code: leader", "- code: person", "“code” ต้องเป็น leader, group,"),
    ("eligibility twice", "code: respected", "code: continuous_work", "“continuous_work” ใช้ไปแล้ว"),
    ("choice twice", "code: informal", "code: formal", "“formal” ใช้ไปแล้ว"),
    ("document twice", "code: id_card_copy", "code: photo", "“photo” ใช้ไปแล้ว"),
    ("component twice", "code: L1.5\n", "code: L1.4\n", "“L1.4” ใช้ไปแล้ว"),
    ("indicator twice", "code: L1.1.2", "code: L1.1.1", "“L1.1.1” ใช้ไปแล้ว"),
    ("indicator of another component", "code: L1.1.2", "code: L1.2.9", "ต้องเป็น L1.1. ตามด้วยเลข เช่น L1.1.1"),
    ("indicator too short", "code: L1.1.2", "code: L1.1", "ต้องเป็น L1.1. ตามด้วยเลข"),
    ("component of another dimension", "code: L1.5\n", "code: L2.5\n", "ต้องเป็น L1. ตามด้วยเลข"),
    ("dimension with a dot", "code: L2\n", "code: L2.9\n", "ต้องเป็น อักษรกับเลขที่ไม่มีจุด"),
    ("dimension of another type", "code: C6\n", "code: G1\n", "“G1” ใช้ไปแล้ว"),
    ("no such document", "proof_document: prachakhom_record", "proof_document: x", "แก้เป็นรหัสหนึ่งใน"),
    ("optional form", "mandatory: true", "mandatory: false", "ใบสมัครเป็นเอกสารบังคับ"),
    ("two signed forms", "capture: portrait", "capture: signed_form", "signed_form มีได้รายการเดียว"),
    ("two portraits", "capture: pages", "capture: portrait", "portrait มีได้รายการเดียว"),
]  # fmt: skip

# The same, with the beginning of the line that is named: where the fault shows is not where the change was.
ELSEWHERE = [
    ("bracket left open", "[ศาสนา, หมู่โลหิต]", "[ศาสนา, หมู่โลหิต", "        source:", "ไม่ครบคู่"),
    ("no colon", "  percent: 70", "  percent 70", "  source: none", "บรรทัดก่อนขาด :"),
    ("indent", "  source: none", " source: none", " source: none", "อ่านเป็น YAML ไม่ได้"),
    ("two documents", "\nstandards:", "\n---\nstandards:", "---", "ไฟล์หนึ่งมีได้ชุดเดียว"),
    ("missing key", "    unit_th: คน\n", "", "  - code: leader", "ขาดคีย์ “unit_th” ในรายการนี้"),
    ("missing at the top", "official: false\n", "", "id: my-own", "ขาดคีย์ “official”"),
    ("no source", "        source: standard-overview; lamphun-2564\n", "", "      - code: posi", "“source”"),
    ("a level missing", "  - { level: 3,", "  # - { level: 3,", "  - { level: 1,", "มี 4 ข้อ ต้องมีอย่างน้อย 5 ข้อ"),
    ("no signed form", "capture: signed_form", "capture: pages", "      - code: appl", "(signed_form)"),
]  # fmt: skip


def broken(old: str, new: str) -> str:
    assert old in TEXT
    return TEXT.replace(old, new, 1)


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "pack.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


class TestBrokenPacks:
    def test_the_text_these_tests_break_is_whole(self, tmp_path: Path) -> None:
        assert load_pack(written(tmp_path, TEXT)).pack.id == "my-own"

    @pytest.mark.parametrize(
        ("what", "old", "new", "words"), AT_THE_CHANGE, ids=[r[0] for r in AT_THE_CHANGE]
    )
    def test_the_line_of_the_change_is_named(
        self, tmp_path: Path, what: str, old: str, new: str, words: str
    ) -> None:
        text = broken(old, new)
        same = next(i for i, (a, b) in enumerate(zip(TEXT, text, strict=False)) if a != b)
        path = written(tmp_path, text)
        answer = refusal(path)
        assert answer.startswith(f"{path}:{text.count(chr(10), 0, same) + 1}: "), (what, answer)
        assert words in answer

    @pytest.mark.parametrize(
        ("what", "old", "new", "line", "words"), ELSEWHERE, ids=[r[0] for r in ELSEWHERE]
    )
    def test_the_line_where_it_shows_is_named(
        self, tmp_path: Path, what: str, old: str, new: str, line: str, words: str
    ) -> None:
        text = broken(old, new)
        path = written(tmp_path, text)
        answer = refusal(path)
        match = re.fullmatch(rf"{re.escape(str(path))}:([0-9]+): (.+)", answer)
        assert match, (what, answer)
        assert text.splitlines()[int(match[1]) - 1].startswith(line), (what, answer)
        assert words in match[2]

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "pack.yaml:1: ไฟล์ว่าง"),
            (b"# nothing\n", "pack.yaml:1: ไฟล์ว่าง"),
            (b"- a\n", "pack.yaml:1: ทั้งไฟล์ ต้องเป็นชุดของ"),
            (b"text", "pack.yaml:1: ทั้งไฟล์ ต้องเป็นชุดของ"),
            (b"id: a\nnote: \xff\n", "pack.yaml:2: มีอักขระที่ไม่ใช่ UTF-8"),
            (TEXT.encode("utf-16-le"), "pack.yaml:1: มีอักขระที่ไม่ใช่ข้อความ"),
            (TEXT.encode() + b"# " + b"x" * 2_000_000, "pack.yaml:1: ไฟล์ใหญ่เกิน 2 MB"),
            (b"a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n", "pack.yaml:1: ข้อความขึ้นต้นด้วย &"),
            (
                TEXT.replace("th: กลุ่ม/องค์กรชุมชน", 'th: "กลุ่ม').encode(),
                f"yaml:{line_of('th: กลุ่ม/')}: เครื่องหมายคำพูดไม่ครบคู่",
            ),
            (b'id: a\nnote: "x\n\n', "pack.yaml:2: เครื่องหมายคำพูดไม่ครบคู่"),
        ],
        ids=[
            "empty",
            "comment",
            "list",
            "text",
            "binary",
            "utf-16 without a mark",
            "large",
            "laughs",
            "quote",
            "quote at end",
        ],
    )
    def test_what_is_no_pack_at_all(self, tmp_path: Path, content: bytes, words: str) -> None:
        assert words in refusal(written(tmp_path, content))

    def test_a_file_saved_on_windows_is_read_alike(self, tmp_path: Path) -> None:
        windows = b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()
        assert load_pack(written(tmp_path, windows)).pack == load_pack(written(tmp_path, TEXT)).pack

    def test_texts_are_normalised(self, tmp_path: Path) -> None:
        text = broken("th: ผู้นำชุมชน\n", "th: ผู้น\u0e4dา\u200bชุมชน\u00a0\n")
        assert load_pack(written(tmp_path, text)).pack.standards[0].th == "ผู้นำชุมชน"


def small() -> dict[str, Any]:
    """The sample with one dimension a type: as many kinds of things, but quick to read."""
    data: dict[str, Any] = yaml.safe_load(TEXT)
    for standard in data["standards"]:
        del standard["dimensions"][1:]
        del standard["dimensions"][0]["components"][1:]
    return data


SMALL = yaml.safe_dump(small(), allow_unicode=True, sort_keys=False)

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.dates()
    | st.sampled_from(["g1", "L1", "L1.1", "leader", "signed_form", "pages", "application_form", "rubric"])
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8) | st.integers(), inner, max_size=3)
    ),
    max_leaves=6,
)


def answered(path: Path) -> None:
    """Loads, or is refused with a line of the file and a sentence of our own, in Thai and in English."""
    try:
        load_pack(path)
    except Terminal as error:
        answer, english = error.said
    else:
        return
    match = re.fullmatch(rf"{re.escape(str(path))}:([0-9]+): (.+)", answer, re.DOTALL)
    assert match, answer
    assert 1 <= int(match[1]) <= path.read_bytes().count(b"\n") + 1
    assert re.search("[ก-๙]", match[2])
    assert "ใช้ค่านี้ไม่ได้" not in match[2], "an error of pydantic that has no sentence"
    assert english.startswith(f"{path}:{match[1]}: ")
    assert english != answer


quick = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


class TestAnyMutation:
    @quick
    @given(st.data())
    def test_of_the_values_is_answered(self, tmp_path: Path, data: st.DataObject) -> None:
        node: Any = small()
        top = node
        for _ in range(data.draw(st.integers(0, 8))):
            keys = list(node) if isinstance(node, dict) else list(range(len(node)))
            key = data.draw(st.sampled_from(keys))
            if not isinstance(node[key], dict | list) or not node[key]:
                break
            node = node[key]
        key = data.draw(st.sampled_from(list(node) if isinstance(node, dict) else list(range(len(node)))))
        match data.draw(st.sampled_from(["replace", "delete", "add", "twice"])):
            case "replace":
                node[key] = data.draw(values)
            case "delete":
                del node[key]
            case "add" if isinstance(node, dict):
                node[data.draw(st.text(max_size=8))] = data.draw(values)
            case _ if isinstance(node, list):
                node.append(node[key])
        answered(written(tmp_path, yaml.safe_dump(top, allow_unicode=True, sort_keys=False)))

    @quick
    @given(
        st.integers(0, len(SMALL)),
        st.integers(0, 60),
        st.text(max_size=12) | st.text("&*!|>%@`{}[]:-,?#'\"\t\n ", max_size=6),
    )
    def test_of_the_text_is_answered(self, tmp_path: Path, start: int, gone: int, new: str) -> None:
        mutated = SMALL[:start] + new + SMALL[start + gone :]
        answered(written(tmp_path, mutated.encode("utf-8", "surrogatepass")))

    @quick
    @given(st.integers(0, len(SMALL)), st.binary(max_size=8))
    def test_of_the_bytes_is_answered(self, tmp_path: Path, start: int, new: bytes) -> None:
        content = SMALL.encode()
        answered(written(tmp_path, content[:start] + new + content[start + len(new) :]))
