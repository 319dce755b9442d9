"""The tree of errors: the branch decides what can be done, in every process."""

import errno
import pickle
import socket

import pytest

from mochocho.words.errors import AllUnfit, BadInput, MochochoError, Terminal, Transient, Unfit, reason
from mochocho.words.sentences import Sentence
from sync.web.refusals import Refused


@pytest.mark.parametrize("branch", [Transient, Terminal, BadInput])
def test_each_branch_is_caught_by_itself_and_by_the_root_alone(branch: type[MochochoError]) -> None:
    assert branch.__mro__[1] is MochochoError


def test_bad_input_says_a_code_and_a_sentence() -> None:
    error = BadInput("xml.malformed", "อ่าน XML ไม่ได้", "this is no XML")
    assert (error.code, error.message_th) == ("xml.malformed", "อ่าน XML ไม่ได้")
    assert error.said == Sentence("อ่าน XML ไม่ได้", "xml.malformed: this is no XML")
    assert str(error) == error.said.en


@pytest.mark.parametrize(
    "error",
    [
        Transient("ไม่ว่าง", "busy"),
        Terminal("a.yaml:3: แก้ id", "a.yaml:3: mend id"),
        Unfit("ไม่ได้", "no", part="login"),
        AllUnfit([Unfit("ไม่ได้", "no", part="login"), Unfit("ไม่มี", "none", part="name")]),
        BadInput("xml.malformed", "อ่าน XML ไม่ได้", "this is no XML"),
        Refused(Sentence("ไม่ให้", "no"), 404, "404.1", "not there", ["a"]),
    ],
)
def test_an_error_comes_whole_out_of_a_worker_process(error: MochochoError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert str(copy) == str(error)
    assert repr(vars(copy)) == repr(vars(error))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            FileNotFoundError(errno.ENOENT, "No such file or directory", "a.toml"),
            Sentence("ไม่มีไฟล์หรือโฟลเดอร์นี้", "No such file or directory"),
        ),
        (OSError(errno.EACCES, "Permission denied"), Sentence("ไม่มีสิทธิ์", "Permission denied")),
        (TimeoutError("timed out"), Sentence("ปลายทางไม่ตอบภายในเวลา", "timed out")),
        (
            socket.gaierror(-2, "Name or service not known"),
            Sentence("หาเครื่องชื่อนี้ไม่พบ", "Name or service not known"),
        ),
        (OSError(9999, "no word of ours"), Sentence("ระบบแจ้งว่า no word of ours", "no word of ours")),
        (OSError("only a text"), Sentence("ระบบแจ้งว่า only a text", "only a text")),
        (OSError(), Sentence("ระบบแจ้งว่า OSError", "OSError")),
    ],
    ids=lambda value: value.en if isinstance(value, Sentence) else "",
)
def test_the_systems_reason_is_told_in_both_languages(error: OSError, said: Sentence) -> None:
    assert reason(error) == said
