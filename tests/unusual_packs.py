"""Packs that nobody would write by hand and that must work nevertheless."""

from datetime import date
from typing import Any

from mochocho.standards.load import load_pack
from mochocho.standards.schema import Pack

SAMPLE = load_pack("2568-sample").pack
LONG_TH = ("ชุมชนมีส่วนร่วมในการพัฒนาอย่างต่อเนื่อง " * 6)[:200].strip()
LONG_EN = ("The community takes part in its own development " * 6)[:200].strip()
KINDS: tuple[dict[str, Any], ...] = (
    {"kind": "count", "threshold": 7, "unit_th": "ครั้ง", "unit_en": "times"},
    {"kind": "percent", "threshold": 70},
    {"kind": "yes_no"},
    {"kind": "rubric"},
)


def official(pack: Pack) -> Pack:
    """The pack as a circular announced it that says every item of it."""
    circular = {"number": "ชร 0019/ว 123", "date": date(2024, 10, 1)}
    traced = _everywhere(pack.model_dump(), source="เอกสารแนบ ๑", confidence="official")
    return Pack.model_validate(traced | {"official": True, "circular": circular})


def _everywhere(value: Any, **given: str) -> Any:
    """Every field of these names in a dumped pack given another text, whatever it was."""
    if isinstance(value, dict):
        return {key: given.get(key) or _everywhere(part, **given) for key, part in value.items()}
    return [_everywhere(part, **given) for part in value] if isinstance(value, list | tuple) else value


def _many(count: int) -> Pack:
    """`count` indicators of every kind in the first standard, thirty a component."""
    data = SAMPLE.model_dump()
    standard = data["standards"][0]
    model = standard["dimensions"][0]
    indicator = model["components"][0]["indicators"][0]
    components = []
    for at in range(0, count, 30):
        code = f"{model['code']}.{at // 30 + 1}"
        made = [
            indicator
            | {
                "code": f"{code}.{n % 30 + 1}",
                "measure": KINDS[n % 4],
                "justify": ("none", "always", "extremes")[n % 3],
            }
            | {"from_meetings": n % 8 == 1, "attendance": "each" if n % 16 == 9 else "together"}
            for n in range(at, min(at + 30, count))
        ]
        components.append(model["components"][0] | {"code": code, "indicators": made})
    standard["dimensions"] = [model | {"components": components}]
    return Pack.model_validate(data)


UNUSUAL: dict[str, Pack] = {
    "an emoji": Pack.model_validate(
        _everywhere(
            SAMPLE.model_dump(), th="มีแผน 🏘️ 'ชุมชน' \"ดี\" <&> 100% 👨‍👩‍👧", en='A plan 🏘️ <&> "it\'s" 100%'
        )
    ),
    "labels of 200 characters": Pack.model_validate(_everywhere(SAMPLE.model_dump(), th=LONG_TH, en=LONG_EN)),
    "500 indicators": _many(500),
}
