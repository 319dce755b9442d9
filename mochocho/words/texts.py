"""Text files as offices have them: UTF-8 with or without a byte order mark, Notepad's UTF-16, ANSI. Pure."""

import codecs
import re

from mochocho.words.sentences import Sentence

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_THAI_ANSI = "cp874"  # Windows' Thai code page; it contains TIS-620
# Anything but what a Thai ANSI file may hold: ASCII, Thai, and the marks of cp874 that people type.
_NOT_THAI = re.compile("[^\0-\x7f\xa0ก-ฺ฿-๛€…‘’“”•–—]")
# A vowel above or below, or a tone mark, without a consonant: a sign of another code page.
_ON_NOTHING = re.compile("(?<![ก-ฮัิ-ฺ็-๎])[ัิ-ฺ็-๎]")
_IN_UTF_8 = re.compile(rb"\xe0[\xb8\xb9][\x80-\xbf]")  # a Thai letter
_QUESTIONS = re.compile(r"[^\w?]*\?{2,}[\W\d]*")
ADVICE = Sentence(
    "ให้เปิดใน Notepad แล้วเลือก บันทึกเป็น (Save As) ช่อง Encoding เลือก UTF-8",
    "open it in Notepad, choose Save As, and UTF-8 as its Encoding",
)


class Unreadable(ValueError):  # noqa: N818 - a file's fault, not the program's
    """Bytes that are no text we can read; `line` counts from 1; the message says what to do."""

    def __init__(self, line: int, said: Sentence) -> None:
        super().__init__(line, said)
        self.line = line
        self.said = said


def decoded(content: bytes) -> str:
    """The text in these bytes, without a byte order mark. Raises Unreadable instead of guessing."""
    if content.startswith(_UTF_16):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            said = Sentence(
                f"ไฟล์นี้บันทึกเป็น Unicode (UTF-16) และเสียหาย {ADVICE.th}",
                f"this file was saved as Unicode (UTF-16) and is damaged; {ADVICE.en}",
            )
            raise Unreadable(1, said) from None
    if (at := content.find(b"\0")) >= 0:
        said = Sentence(
            f"มีอักขระที่ไม่ใช่ข้อความ ไฟล์นี้อาจบันทึกเป็น Unicode หรือไม่ใช่ไฟล์ข้อความ {ADVICE.th}",
            f"here is what is no text: saved as Unicode, or no text file; {ADVICE.en}",
        )
        raise Unreadable(_line(content, at), said)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = _thai_ansi(content)
        if text is None:
            said = Sentence(f"มีอักขระที่ไม่ใช่ UTF-8 {ADVICE.th}", f"here is what is not UTF-8; {ADVICE.en}")
            raise Unreadable(_line(content, error.start), said) from None
        return text


def lost(text: str) -> bool:
    """Whether saving destroyed the Thai: `????` for letters, or UTF-8 read as ANSI."""
    if "\ufffd" in text or _QUESTIONS.fullmatch(text):
        return True
    try:
        raw = b"".join(bytes([ord(c)]) if "\x80" <= c <= "\x9f" else c.encode(_THAI_ANSI) for c in text)
        return raw.decode() != text
    except UnicodeError:
        return False


def _thai_ansi(content: bytes) -> str | None:
    """The text if it can only be Windows' Thai code page; else None: damaged UTF-8 would become nonsense."""
    beyond = sum(byte > 0x7F for byte in content)
    if 6 * len(_IN_UTF_8.findall(content)) >= beyond:
        return None
    try:
        text = content.decode(_THAI_ANSI)
    except UnicodeDecodeError:
        return None
    return None if _NOT_THAI.search(text) or _ON_NOTHING.search(text) else text


def _line(content: bytes, at: int) -> int:
    return content.count(b"\n", 0, at) + 1
