"""A pack is official item by item: what nobody could trace keeps เกณฑ์ตัวอย่าง on forms and papers."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings

from mochocho.standards.load import load_pack
from mochocho.standards.origins import is_official, untraced
from mochocho.standards.schema import Pack
from tests.pack_strategies import packs
from tests.unusual_packs import official

SAMPLE = load_pack("2568-sample").pack
OFFICIAL = official(SAMPLE)


def origins(value: Any) -> Iterator[tuple[str, str]]:
    """Source and confidence of every item, wherever one stands in a pack."""
    if isinstance(value, dict):
        if "confidence" in value:
            yield value["source"], value["confidence"]
        for part in value.values():
            yield from origins(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from origins(part)


def changed(path: str, **values: str) -> Pack:
    data = OFFICIAL.model_dump()
    item = data
    for step in path.split("."):
        item = item[int(step)] if step.isdigit() else item[step]
    item.update(values)
    return Pack.model_validate(data)


@settings(max_examples=30)
@given(packs())
def test_it_is_official_when_announced_and_every_item_has_a_source(pack: Pack) -> None:
    traced = all(trust == "official" and source != "none" for source, trust in origins(pack.model_dump()))
    assert is_official(pack) is (pack.official and traced)
    assert bool(untraced(pack)) is not traced
    # with a source for each nothing is left
    assert is_official(official(pack))
    assert untraced(official(pack)) == ()


def test_a_circular_alone_makes_no_item_official() -> None:
    announced = SAMPLE.model_copy(update={"official": True, "circular": OFFICIAL.circular})
    assert not is_official(announced)
    assert untraced(announced) == untraced(SAMPLE)
    assert untraced(SAMPLE)[:3] == ("เกณฑ์ผ่าน", "ชื่อระดับ 1, 2, 3, 4, 5", "ผู้นำชุมชน L1 ทั้งด้าน, L2 ทั้งด้าน")


@pytest.mark.parametrize("source", ["none", "None ", "-", "ไม่มี"])
def test_a_source_that_is_none(source: str) -> None:
    assert untraced(changed("pass_rule", source=source)) == ("เกณฑ์ผ่าน",)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("pass_rule", "เกณฑ์ผ่าน"),
        ("rubric_levels.2", "ชื่อระดับ 3"),
        ("gates.6", "ชื่อขั้นตอน g7"),
        ("standards.1", "กลุ่ม/องค์กรชุมชน ชื่อมาตรฐาน"),
        ("standards.0.eligibility.0", f"ผู้นำชุมชน คุณสมบัติ “{SAMPLE.standards[0].eligibility[0].th}”"),
        ("standards.0.documents.1", f"ผู้นำชุมชน เอกสาร “{SAMPLE.standards[0].documents[1].th}”"),
        ("standards.0.dimensions.0", "ผู้นำชุมชน L1"),
        ("standards.0.dimensions.0.components.1", "ผู้นำชุมชน L1.2"),
        ("standards.0.dimensions.0.components.1.indicators.0", "ผู้นำชุมชน L1.2.1"),
    ],
)
def test_one_item_alone_is_named(path: str, told: str) -> None:
    pack = changed(path, confidence="reconstructed")
    assert untraced(pack) == (told,)
    assert not is_official(pack)


def test_a_part_stands_for_all_that_is_in_it() -> None:
    data = OFFICIAL.model_dump()
    component = data["standards"][0]["dimensions"][0]["components"][1]
    for part in (component, *component["indicators"]):
        part["confidence"] = "reconstructed"
    assert untraced(Pack.model_validate(data)) == ("ผู้นำชุมชน L1.2 ทั้งองค์ประกอบ",)
