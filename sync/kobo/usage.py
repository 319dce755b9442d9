"""How much of its quota a KoboToolbox account has used: beyond it, the server refuses what phones send."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mochocho.words.sentences import Sentence
from sync.publish.protocol import Remark

NEARLY = 80  # per cent from which a person is warned

_MB = 1_000_000
_CURE = {
    "storage_bytes": Sentence(
        "ให้เพิ่มพื้นที่ในแผนของบัญชี (หน้า Usage ที่นั่น) หรือหลัง `mochocho backup` แล้ว ลบโครงการของปีก่อนที่ไม่ดึงข้อมูลแล้ว",
        "enlarge the account's plan (its Usage page there), or, after `mochocho backup`, delete projects of "
        "earlier years that are pulled no more",
    ),
    "submission": Sentence(
        "ให้เพิ่มแผนของบัญชี (หน้า Usage ที่นั่น) หรือให้เจ้าหน้าที่เก็บแบบไว้ในเครื่องแล้วส่งในรอบถัดไป",
        "enlarge the account's plan (its Usage page there), or let officers keep what they filled and send "
        "it in the next period",
    ),
}


@dataclass(frozen=True, slots=True)
class Balance:
    """The quota of one thing and its use: bytes of files, or forms of this period."""

    used: int
    limit: int

    @property
    def percent(self) -> int:
        return self.used * 100 // self.limit if self.limit > 0 else 100


@dataclass(frozen=True, slots=True)
class Usage:
    """The use of one account. `balances`: by the server's names;
    empty on a server whose accounts have no limits.
    """

    storage: int  # bytes
    balances: Mapping[str, Balance]


def read(answer: Mapping[str, Any]) -> Usage | None:
    """The answer of `/api/v2/service_usage/`; None for anything else."""
    storage, said = answer.get("total_storage_bytes"), answer.get("balances")
    if not isinstance(storage, int) or not isinstance(said, dict | None):
        return None
    found = {name: _balance(said.get(name)) for name in _CURE} if said else {}
    return Usage(storage, {name: one for name, one in found.items() if one is not None})


def _balance(said: Any) -> Balance | None:
    if not isinstance(said, dict):
        return None  # no limit
    limit, left = said.get("effective_limit"), said.get("balance_value")
    return Balance(limit - left, limit) if isinstance(limit, int) and isinstance(left, int) else None


def told(usage: Usage) -> Sentence:
    """A sentence that says how much is used."""
    if not usage.balances:
        size = _size(usage.storage)
        return Sentence(f"ไฟล์ในบัญชี {size} ไม่จำกัด", f"files of the account: {size}, no limit")
    parts = [_amount(name, one) for name, one in usage.balances.items()]
    return Sentence(*(" · ".join(each) for each in zip(*parts, strict=True)))


def remarks(usage: Usage) -> Iterator[Remark]:
    """A remark about each quota that is used up, or nearly."""
    for name, one in usage.balances.items():
        amount = _amount(name, one)
        if one.used > one.limit:
            full = Sentence(
                f"{amount.th} เกินแล้ว เซิร์ฟเวอร์จึงไม่รับสิ่งที่โทรศัพท์ส่ง (402)",
                f"{amount.en}: exceeded, so the server refuses what phones send (402)",
            )
            yield Remark(full, _CURE[name])
        elif one.percent >= NEARLY:
            nearly = Sentence(
                f"{amount.th} เมื่อเกิน เซิร์ฟเวอร์จะไม่รับสิ่งที่โทรศัพท์ส่ง",
                f"{amount.en}; beyond that the server refuses what phones send",
            )
            yield Remark(nearly, _CURE[name])


def _amount(name: str, one: Balance) -> Sentence:
    if name == "submission":
        return Sentence(
            f"แบบที่รับในรอบนี้ {one.used} จาก {one.limit} ({one.percent} %)",
            f"forms received in this period: {one.used} of {one.limit} ({one.percent} %)",
        )
    used, limit = _size(one.used), _size(one.limit)
    return Sentence(
        f"ไฟล์ในบัญชี {used} จาก {limit} ({one.percent} %)",
        f"files of the account: {used} of {limit} ({one.percent} %)",
    )


def _size(count: int) -> str:
    return f"{count / _MB:.1f} MB"
