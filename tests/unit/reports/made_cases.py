"""Hand-made cases for the papers: people are invented, pictures are drawn."""

import hashlib
import io
import random
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from PIL import Image, ImageDraw

from mochocho.standards.load import load_pack
from mochocho.standards.schema import Pack, Standard
from mochocho.storage.files import Store
from mochocho.words.model import (
    ApplicantType,
    Application,
    Assessment,
    Case,
    DocumentAnswer,
    DocumentState,
    FileRef,
    Finding,
    Gate,
    GateResult,
    GateState,
    Outcome,
    Resolution,
    Scores,
    Severity,
    Verdict,
)
from mochocho.words.places import Province
from processing.scoring import score
from reports.view.arrange import Entry, Group, arrange
from reports.view.occasion import Occasion, Order, Sitting
from reports.view.printed_words import Words

PACK = load_pack("2568-sample").pack
CHIANG_RAI = (
    ("แม่จัน", 3, 2, 1, 2),
    ("เมืองเชียงราย", 5, 1, 1, 1),
    ("เวียงแก่น", 3, 4, 0, 1),
    ("เวียงชัย", 4, 1, 1, 1),
    ("พาน", 4, 1, 1, 1),
    ("เทิง", 4, 3, 1, 1),
    ("แม่สรวย", 3, 1, 2, 2),
    ("แม่สาย", 2, 1, 1, 1),
    ("พญาเม็งราย", 3, 1, 0, 1),
    ("เวียงป่าเป้า", 6, 1, 1, 1),
    ("ป่าแดด", 6, 1, 1, 1),
    ("แม่ลาว", 14, 1, 1, 1),
    ("เวียงเชียงรุ้ง", 3, 0, 1, 1),
    ("ดอยหลวง", 3, 1, 0, 1),
    ("ขุนตาล", 2, 1, 0, 1),
    ("เชียงของ", 2, 2, 1, 1),
    ("เชียงแสน", 3, 1, 1, 1),
    ("แม่ฟ้าหลวง", 1, 1, 0, 1),
)  # source 004, in its order
PRESENTED = tuple(row[0] for row in CHIANG_RAI)
TYPES = tuple(ApplicantType)
FIRST = ("สมชาย", "สมหญิง", "บุญมี", "คำปัน", "ศรีวรรณ", "จันทร์เพ็ญ", "ณัฐพงษ์", "ปิยะพร", "อินสม", "แสงหล้า", "วิไลลักษณ์")
LAST = ("ใจดี", "แก้วมา", "ตัวอย่าง", "ปัญญาดี", "ศรีสมมติ", "วงศ์สมมุติ", "คำแสน", "ทดสอบ", "มั่นคง", "ธรรมสอน")
PLACES = ("หนองบัว", "ห้วยไคร้", "ป่าซาง", "สันทราย", "ดงมะดะ", "แม่คำ", "ท่าข้าวเปลือก")


def uid(*words: object) -> str:
    """A UUID of version 4's shape, the same for the same words."""
    return str(uuid.UUID(bytes=hashlib.sha256(repr(words).encode()).digest()[:16], version=4))


def name(rng: random.Random, type_: ApplicantType) -> str:
    place = rng.choice(PLACES)
    return {
        ApplicantType.LEADER: f"{rng.choice(('นาย', 'นาง', 'นางสาว'))}{rng.choice(FIRST)} {rng.choice(LAST)}",
        ApplicantType.GROUP: f"กลุ่มแม่บ้านเกษตรกรบ้าน{place} หมู่ที่ {rng.randint(1, 15)}",
        ApplicantType.NETWORK: f"เครือข่ายกองทุนชุมชนตำบล{place}",
        ApplicantType.COMMUNITY: f"ชุมชนบ้าน{place} หมู่ที่ {rng.randint(1, 15)}",
    }[type_]


def photo(seed: object, width: int = 1200, height: int = 900) -> bytes:
    """A drawn picture, the same for the same seed."""
    rng = random.Random(repr(seed))
    image = Image.new("RGB", (width, height), tuple(rng.randint(120, 240) for _ in range(3)))
    draw = ImageDraw.Draw(image)
    for _ in range(12):
        x, y = rng.randint(0, width), rng.randint(0, height)
        colour = tuple(rng.randint(0, 255) for _ in range(3))
        draw.ellipse((x - 90, y - 90, x + 90, y + 90), fill=colour)
    draw.line((0, 0, width, height), fill=(200, 30, 30), width=9)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


class Cases:
    """Makes cases whose files lie in `store` (or nowhere). `pictures`: how many different photos it has."""

    def __init__(self, province: Province, store: Store | None = None, pictures: int = 12) -> None:
        self.province = province
        self._codes = {d.name_th: d.code for d in province.districts}
        self._photos = [store.put(photo(i)) for i in range(pictures)] if store else []

    def case(
        self,
        district: str,
        type_: ApplicantType,
        no: int,
        *,
        passed: bool = True,
        named: str | None = None,
        scored: bool = True,
        findings: Sequence[Finding] = (),
    ) -> Case:
        rng = random.Random(f"{district} {type_} {no} {passed}")
        key = uid(district, type_, no, passed)
        standard = PACK.standard(type_)
        scores = self._scores(standard, rng) if scored else None
        verdicts = tuple(self._verdicts(standard, rng))
        application = Application(
            key=key,
            root_id=uid("root", key),
            instance_id=uid("instance", key),
            form_version="1",
            type=type_,
            name=named if named is not None else name(rng, type_),
            district=self._codes.get(district, district),
            subdistrict=rng.choice(PLACES),
            village=f"บ้าน{rng.choice(PLACES)} หมู่ที่ {rng.randint(1, 15)}",
            applied_on=date(2024, 11, rng.randint(1, 28)),
            eligibility={},
            documents={v.document: DocumentAnswer("attached", v.pages) for v in verdicts},
            portrait=self._file(rng) if type_ is ApplicantType.LEADER else None,
        )
        resolutions = (RESOLVED_GATES,) if passed else ()
        state = {Gate.ELIGIBLE: GateState.PASSED, Gate.DOCUMENTS: GateState.PASSED}
        if passed:
            state[Gate.DISTRICT] = GateState.PASSED
        return Case(
            application=application,
            masked_id="x-xxxx-xxxxx-00-9" if type_ is ApplicantType.LEADER else "",
            assessment=Assessment(
                key=key,
                digest=hashlib.sha256(key.encode()).hexdigest(),
                verdicts=verdicts,
                eligibility=(),
                scores=scores,
                gates=tuple(GateResult(gate, state.get(gate, GateState.NO_DATA)) for gate in Gate),
                findings=tuple(findings),
                resolutions=resolutions,
            ),
            evidence=tuple((i.code, f) for i in standard.indicators[:2] if scored and (f := self._file(rng))),
            remarks=("ควรจัดเก็บหลักฐานให้เป็นหมวดหมู่ และถ่ายทอดสู่คนรุ่นใหม่อย่างต่อเนื่อง",) if scored else (),
            sources=((uid("instance", key), hashlib.sha256(key.encode()).hexdigest()),),
        )

    def province_of(self, counts: Mapping[str, Sequence[int]]) -> Iterator[Case]:
        """Passed units: district → how many of each type."""
        for district, row in counts.items():
            for type_, count in zip(TYPES, row, strict=True):
                for no in range(count):
                    yield self.case(district, type_, no)

    def _file(self, rng: random.Random) -> FileRef | None:
        return FileRef("photo.jpg", rng.choice(self._photos)) if self._photos else None

    def _verdicts(self, standard: Standard, rng: random.Random) -> Iterator[Verdict]:
        for document in standard.documents:
            if not document.mandatory and rng.random() < 0.5:
                yield Verdict(document.code, DocumentState.NOT_OFFERED)
                continue
            pages = [self._file(rng) for _ in range(rng.randint(1, 2))]
            yield Verdict(document.code, DocumentState.ACCEPTED, tuple(p for p in pages if p))

    def _scores(self, standard: Standard, rng: random.Random) -> Scores:
        answers: dict[str, int | None] = {}
        for indicator in standard.indicators:
            match indicator.measure.kind:
                case "yes_no":
                    answers[indicator.code] = rng.choice((1, 1, 1, 0))
                case "rubric":
                    answers[indicator.code] = rng.randint(3, 5)
                case _:
                    answers[indicator.code] = rng.randint(0, 2) + indicator.measure.threshold - 1
        scores = score.score_sheet(standard, answers)
        return score.total(
            standard, {i.code: i for i in scores.indicators}, ("นายตัวอย่าง ตรวจดี", "นางสมมติ ประเมินผล")
        )


RESOLVED_GATES = Resolution(
    gate=Gate.DISTRICT,
    outcome=Outcome.PASS,
    committee="คณะกรรมการตรวจประเมินเพื่อการรับรองมาตรฐานการพัฒนาชุมชนอำเภอ",
    meeting_no="1/2568",
    meeting_date=date(2025, 4, 10),
)


def arranged(cases: Iterable[Case], province: Province, order: Sequence[str]) -> tuple[Group, ...]:
    """Everybody in their place."""
    return arrange(map(Entry.of, cases), province, order)


def of(cases: Iterable[Case], keys: Iterable[str]) -> Iterator[Case]:
    """The cases of these keys, in the order of the keys."""
    by_key = {case.application.key: case for case in cases}
    return (by_key[key] for key in keys)


def blocking(message: str, code: str = "document.missing") -> Finding:
    return Finding(code, "id_card_copy", Severity.BLOCKING, message_th=message)


def pack_of(_form_id: str, _version: str) -> Pack:
    """Every form version has the same rules."""
    return PACK


def occasion(*, thai_digits: bool = True) -> Occasion:
    """The meeting of source 004."""
    return Occasion(
        province="เชียงราย",
        year_be=2568,
        programme=PACK.programme_th,
        official=False,
        sitting=Sitting(
            "1/2568", date(2025, 5, 1), "09:00", "14:30", "ห้องประชุมพวงแสด ชั้น 3 ศาลากลางจังหวัดเชียงราย", 15
        ),
        provincial_committee="คณะกรรมการรับรองมาตรฐานการพัฒนาชุมชนจังหวัด",
        provincial_order=Order("6459/2567", date(2024, 11, 18)),
        district_committee="คณะกรรมการตรวจประเมินเพื่อการรับรองมาตรฐานการพัฒนาชุมชนอำเภอ",
        district_order=Order("6458/2567", date(2024, 11, 18)),
        words=Words(thai_digits),
    )
