"""An answer is read anew exactly when its bytes are others."""

import pytest

from mochocho.words.errors import Transient
from sync.web.again import Again


def test_the_same_bytes_are_read_once_and_others_anew() -> None:
    read: list[object] = []

    def make(answer: object) -> tuple[object]:
        read.append(answer)
        return (answer,)

    again = Again(make)

    first = again.load(b"[1]")
    assert again.load(b"[1]") is first
    assert again.load(b"[2]") == ([2],)
    assert again.load(b"[1]") == first  # what came before the last is not kept
    assert read == [[1], [2], [1]]


def test_nothing_is_kept_of_an_answer_that_cannot_be_used() -> None:
    def make(answer: object) -> object:
        if answer == "odd":
            raise Transient("แปลก", "odd")
        return answer

    again = Again(make)
    again.load(b'"good"')

    for _ in range(2):
        with pytest.raises(Transient):
            again.load(b'"odd"')
    with pytest.raises(ValueError, match="Expecting"):
        again.load(b'{"cut":')
    assert again.load(b'"good"') == "good"
