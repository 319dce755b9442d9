"""The tree of errors: what may be done about one is decided by its branch, in every process."""

import pickle

import pytest

from mochocho.words.errors import BadInput, MochochoError, Terminal, Transient


@pytest.mark.parametrize("branch", [Transient, Terminal, BadInput])
def test_each_branch_is_caught_by_itself_and_by_the_root_alone(branch: type[MochochoError]) -> None:
    assert branch.__mro__[1] is MochochoError


def test_bad_input_says_a_code_and_a_sentence() -> None:
    error = BadInput("xml.malformed", "อ่าน XML ไม่ได้")
    assert (error.code, error.message_th) == ("xml.malformed", "อ่าน XML ไม่ได้")
    assert str(error) == "xml.malformed: อ่าน XML ไม่ได้"


@pytest.mark.parametrize(
    "error", [Transient("busy"), Terminal("a.yaml:3: แก้ id"), BadInput("xml.malformed", "อ่าน XML ไม่ได้")]
)
def test_an_error_comes_whole_out_of_a_worker_process(error: MochochoError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert str(copy) == str(error)
    assert vars(copy) == vars(error)
