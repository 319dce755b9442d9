"""The papers of a packet, and their volumes."""

from mochocho.words.places import Province
from reports.packet.volumes import BUNDLE, MOST_UNITS, Book, books
from tests.unit.reports.made_cases import Cases, arranged, occasion, pack_of

PROVINCE = Province.named("ลำพูน")
NAMES = [d.name_th for d in PROVINCE.districts]
FRONT = ["cover", "agenda", "order", "names", "blocked"]


def bound(*leaders: int) -> tuple[Book, ...]:
    rows = {name: (count, 0, 0, 0) for name, count in zip(NAMES, leaders, strict=False)}
    groups = arranged(Cases(PROVINCE).province_of(rows), PROVINCE, NAMES)
    return books(groups, pack_of, occasion(), None)


def numbers(book: Book) -> list[int]:
    return [unit.no for part in book.parts for unit in part.units]


def test_a_packet_is_one_file_up_to_300_units() -> None:
    (book,) = bound(100, 100, 100)
    assert book.file == "packet.pdf"
    assert [part.paper for part in book.parts if not part.units][:4] == FRONT[:4]
    assert numbers(book) == list(range(1, MOST_UNITS + 1))


def test_a_bundle_is_of_one_district_and_at_most_two_units() -> None:
    (book,) = bound(3, 2)
    sizes = [(part.title, len(part.units)) for part in book.parts if part.units]
    assert sizes == [(f"อำเภอ{NAMES[0]}", BUNDLE), (f"อำเภอ{NAMES[0]}", 1), (f"อำเภอ{NAMES[1]}", BUNDLE)]


def test_more_units_are_bound_in_volumes_of_whole_districts() -> None:
    volumes = bound(200, 90, 20, 280, 30)
    assert [book.file for book in volumes] == ["packet-1.pdf", "packet-2.pdf", "packet-3.pdf"]
    assert [len(numbers(book)) for book in volumes] == [290, 300, 30]
    assert [no for book in volumes for no in numbers(book)] == list(range(1, 621))
    assert [part.paper for part in volumes[1].parts if not part.units] == ["cover"]
    assert "เล่มที่ ๒ จาก ๓ เล่ม" in volumes[1].title


def test_a_district_that_is_too_large_for_a_volume_fills_several() -> None:
    volumes = bound(10, 301, 10)
    assert [len(numbers(book)) for book in volumes] == [10, MOST_UNITS, 11]
    assert [no for book in volumes for no in numbers(book)] == list(range(1, 322))


def test_a_province_without_units_has_its_papers() -> None:
    (book,) = bound()
    assert [part.paper for part in book.parts] == FRONT
