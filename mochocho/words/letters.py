"""Which characters papers can print, and how to name the others. Pure.

Sarabun has Thai and Latin; fallback fonts cover Lao, Burmese and Shan, Khmer, the Tai scripts of the north,
frequent Chinese characters, symbols and emoji. A test compares this table with the fonts themselves.
"""

from collections.abc import Iterable

_FONTS_HAVE = """
    20-7e a0-17e 18f 192 1a0-1a1 1af-1b0 1cd-1dc 1e6-1e7 1fa-1ff 218-21b 237 251 259 2bb-2bc 2be-2bf
    2c6-2cc 2d8-2dd 300-304 306-30c 31b 323-324 326-328 32e 331 394 3a9 3bc 3c0 e01-e3a e3f-e5b e81-e82
    e84 e87-e88 e8a e8d e94-e97 e99-e9f ea1-ea3 ea5 ea7 eaa-eab ead-eb9 ebb-ebd ec0-ec4 ec6 ec8-ecd
    ed0-ed9 edc-edf 1000-109f 1780-17dd 17e0-17e9 17f0-17f9 1950-196d 1970-1974 1980-19ab 19b0-19c9
    19d0-19da 19de-19ff 1a20-1a5e 1a60-1a7c 1a7f-1a89 1a90-1a99 1aa0-1aad 1e0c-1e0f 1e20-1e21 1e24-1e25
    1e2a-1e2b 1e36-1e3b 1e42-1e49 1e5a-1e63 1e6c-1e6f 1e80-1e85 1e8e-1e8f 1e92-1e93 1e97 1e9e 1ea0-1ef9
    2007 200b-200d 2010 2012-2015 2018-201a 201c-201e 2020-2022 2026 2030 2032-2033 2039-203a 2044 2070
    2074-2079 207d-2089 208d-208e 20a1 20a4 20a6-20a7 20ab-20ad 20b1-20b2 20b5 20b9-20ba 20bd 20e3 210a
    2113 2117 2120 2122 212e 2153-2154 215b-215e 2190-2193 2202 2206 220f 2211-2212 2215 2219-221a 221e
    222b 2248 2260 2264-2265 2316 2318 231a-231b 2324-2328 232b 237b 237d-237f 2394 23ce-23cf 23e9-23ea
    23ed-23ef 23f1-2426 2440-244a 25a0-2609 260e-2612 2614-2623 2626 262a 262e-263a 263c 2640 2642
    2648-2668 267b 267e-268f 2692-2697 2699 269b-269c 269e-26a1 26a7 26aa-26ac 26b0-26b1 26bd-26e1
    26e9-26ea 26f0-26f5 26f7-26fa 26fd 2700-271d 2721-2775 2794-27bf 2934-2935 2b05-2b07 2b1b-2b1c 2b50
    2b55 3001-3002 3008-300b 3030 303d 3297 3299 a92e a9e0-a9fe aa60-aa7f f8ff fb01-fb02 fe00 1f004 1f0cf
    1f170-1f171 1f17e-1f17f 1f18e 1f191-1f19a 1f1e6-1f1ff 1f201-1f202 1f21a 1f22f 1f232-1f23a 1f250-1f251
    1f300-1f321 1f324-1f393 1f396-1f397 1f399-1f39b 1f39e-1f3f0 1f3f3-1f3f5 1f3f7-1f4fd 1f4ff-1f53d
    1f549-1f54e 1f550-1f567 1f56f-1f570 1f573-1f57a 1f587 1f58a-1f58d 1f590 1f595-1f596 1f5a4-1f5a5 1f5a8
    1f5b1-1f5b2 1f5bc 1f5c2-1f5c4 1f5d1-1f5d3 1f5dc-1f5de 1f5e1 1f5e3 1f5e8 1f5ef 1f5f3 1f5fa-1f64f
    1f680-1f6c5 1f6cb-1f6d2 1f6d5-1f6d9 1f6dc-1f6e5 1f6e9 1f6eb-1f6ec 1f6f0 1f6f3-1f6fc 1f7e0-1f7eb 1f7f0
    1f90c-1f93a 1f93c-1f945 1f947-1f9ff 1fa70-1fa7c 1fa80-1fac6 1fac8 1facc-1fadd 1fadf-1faeb 1faef-1fafa
"""
_SET = frozenset(
    chr(code)
    for first, _, last in (span.partition("-") for span in _FONTS_HAVE.split())
    for code in range(int(first, 16), int(last or first, 16) + 1)
)
# variation selectors: they belong to the letter before them and draw nothing themselves
_CHOOSE_VARIANTS = range(0xFE00, 0xFE10)
_SCRIPTS = (
    (range(0x2600, 0x2800), "ภาพสัญลักษณ์"),
    (range(0x3040, 0x3100), "อักษรญี่ปุ่น"),
    (range(0x2E80, 0xA000), "อักษรจีน"),
    (range(0xAC00, 0xD7B0), "อักษรเกาหลี"),
    (range(0x0600, 0x0700), "อักษรอาหรับ"),
    (range(0x0900, 0x0E00), "อักษรอินเดีย"),
    (range(0x0400, 0x0530), "อักษรซีริลลิก"),
    (range(0xE000, 0xF900), "อักขระเฉพาะของแบบอักษรเดิม"),
    (range(0x1F000, 0x1FB00), "ภาพสัญลักษณ์"),
    (range(0x20000, 0x32000), "อักษรจีน"),
)
_FREQUENT = (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6))
_BOX = "□"
_TWO = 2  # bytes of one character in either code
_SHOWN = 3


def lacking(text: str) -> tuple[str, ...]:
    """The characters of a text that would be printed as an empty box, each once."""
    return tuple(
        c for c in dict.fromkeys(text) if c not in _SET and _is_drawn(c) and not is_frequent_chinese(c)
    )


def boxed(text: str) -> str:
    """The text with a box, which fonts have, for each of its characters that would be printed as one."""
    return text.translate(dict.fromkeys(map(ord, lacking(text)), _BOX))


def is_frequent_chinese(character: str) -> bool:
    """Whether it is of the first level, the frequent ones, of GB 2312 (mainland) or Big5 (Taiwan)."""
    return "一" <= character <= "鿿" and any(
        len(code := character.encode(name, "ignore")) == _TWO and first <= code[0] <= last
        for name, first, last in _FREQUENT
    )


def named(characters: Iterable[str]) -> str:
    """These characters in printable words: `อักษรจีน U+4E2D, U+6587 และอีก 2 ตัว`."""
    every = sorted(characters)
    scripts = dict.fromkeys(next((s for span, s in _SCRIPTS if ord(c) in span), "อักขระอื่น") for c in every)
    codes = ", ".join(f"U+{ord(c):04X}" for c in every[:_SHOWN])
    rest = f" และอีก {len(every) - _SHOWN} ตัว" if len(every) > _SHOWN else ""
    return f"{' '.join(scripts)} {codes}{rest}"


def _is_drawn(character: str) -> bool:
    return not character.isspace() and ord(character) not in _CHOOSE_VARIANTS
