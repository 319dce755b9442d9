"""Writes a pack as the YAML that `load` reads: the same pack gives the same text. Pure."""

from typing import Any

import yaml

from mochocho.standards.schema import Pack

HEADER = """\
# ชุดมาตรฐานการพัฒนาชุมชน (มชช.) ปี {year} สร้างจากไฟล์ Excel ด้วย mochocho standards import
# แก้ในไฟล์ Excel แล้วนำเข้าใหม่ หรือแก้ที่นี่ตามกติกาที่เขียนไว้ต้นไฟล์ 2568-sample.yaml
# คีย์ที่ไม่เขียนไว้มีค่าปริยาย (เช่น full_marks 5, required_to_pass false)

"""


def yaml_of(pack: Pack) -> str:
    """The text of the pack's file; default values are left out."""
    data = _ordered(pack.model_dump(mode="json", exclude_defaults=True))
    # One line per text: the reader takes a quotation over several lines to be unclosed.
    body = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10**9)
    return HEADER.format(year=pack.fiscal_year_be) + body


_FIRST = ("code", "level", "type", "kind", "th", "en")
_LAST = ("source", "confidence", "note")


def _ordered(value: Any) -> Any:
    """Every mapping in the order a person reads: what it is, its values, its source, what it contains."""
    if isinstance(value, list):
        return [_ordered(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: _ordered(value[key]) for key in sorted(value, key=lambda key: _rank(key, value[key]))}


def _rank(key: str, value: Any) -> int:
    """The sort is stable, so keys of the same rank keep the schema's order."""
    if key in _FIRST:
        return _FIRST.index(key)
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return 20
    return 10 + _LAST.index(key) if key in _LAST else 9
