"""A text is read with libyaml where there is one: it gives what PyYAML alone would, lines included."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.standards import load, strict_yaml
from mochocho.standards.strict_yaml import Broken, parse

SAMPLE = (load.RELEASED / "2568-sample.yaml").read_text(encoding="utf-8")
LINES = SAMPLE.splitlines()
ODD = (
    "\t",
    '"',
    "'",
    ": ",
    "- ",
    "? ",
    "[",
    "}",
    "#",
    "&a ",
    "*a",
    "!x ",
    "|",
    "\x00",
    "\ud800",
    "๑",
    "👍🏽",
)


def _slow(text: str) -> object:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(strict_yaml, "_Quick", strict_yaml._Careful)
        return _read(text)


def _read(text: str) -> object:
    data, lines = parse(text)
    places = [(name,) for name in data] if isinstance(data, dict) else []
    return data, [lines.of(place) for place in places]


def test_pack() -> None:
    assert _read(SAMPLE) == _slow(SAMPLE)


@given(
    st.integers(0, len(LINES)), st.integers(1, 12), st.lists(st.tuples(st.integers(0), st.sampled_from(ODD)))
)
def test_spoilt_text(first: int, count: int, odd: list[tuple[int, str]]) -> None:
    text = "\n".join(LINES[first : first + count])
    for place, letters in odd:
        at = place % (len(text) + 1)
        text = text[:at] + letters + text[at:]
    try:
        expected = _slow(text)
    except Broken:
        return  # libyaml takes some tabs and marks in the middle of a text that PyYAML does not
    assert _read(text) == expected


@pytest.mark.parametrize(
    "text", ["a: 1\n\tb: 2\n", "a: [1, 2\nb: 3\n", 'a: "x\nb: 1\n', "a: \ud800\n", "a: b: c\n"]
)
def test_what_is_wrong_is_told_in_the_same_words(text: str) -> None:
    with pytest.raises(Broken) as slow:
        _slow(text)
    with pytest.raises(Broken) as quick:
        parse(text)
    assert (quick.value.th, quick.value.line) == (slow.value.th, slow.value.line)
