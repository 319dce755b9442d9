"""Thai as offices write it: พ.ศ., Thai digits, dates in words, national IDs, order of names. Pure."""

import re
import unicodedata
from datetime import date

from mochocho.words.sentences import Sentence

_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
MONTHS = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
MONTHS_SHORT = (
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
)
BUDDHIST_FROM = 2400  # later than any common year and earlier than any Buddhist year that a person means
WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")

# A web address or LINE ID is typed into a machine, so its digits stay as they are (thai-papers.md 4): any run
# of ASCII that has a Latin letter, an applicant's key, and whatever follows the words LINE ID.
_LEFT_ALONE = re.compile(
    r"(?:line(?:\s*id)?|ไลน์(?:\s*ไอดี)?|ไอดีไลน์)\s*[:：]\s*[!-~]+|(?=[!-~]*[A-Za-z])[!-~]+"
    r"|[0-9]{8}-(?:[0-9]{4}-){3}[0-9]{12}",
    re.IGNORECASE,
)


def digits(value: str | int) -> str:
    """Arabic digits as Thai ones, except in e-mail and web addresses, LINE IDs, codes with Latin letters."""
    text, done, start = str(value), [], 0
    for kept in _LEFT_ALONE.finditer(text):
        done += [text[start : kept.start()].translate(_THAI_DIGITS), kept.group()]
        start = kept.end()
    return "".join([*done, text[start:].translate(_THAI_DIGITS)])


def be(year: int) -> int:
    """The Buddhist year of a common year; correct for dates from 1 January 2484 BE (1941) on."""
    return year + 543


def _year(d: date) -> int:
    """The year in พ.ศ.; older versions stored a typed Buddhist year as it was, so it is kept."""
    return d.year if d.year >= BUDDHIST_FROM else be(d.year)


def date_words(d: date, thai_digits: bool = True, weekday: bool = False) -> str:
    """`๑ พฤษภาคม ๒๕๖๘`, with `weekday` `วันพฤหัสบดีที่ ๑ พฤษภาคม ๒๕๖๘`."""
    words = f"{d.day} {MONTHS[d.month - 1]} {_year(d)}"
    if weekday:
        words = f"วัน{WEEKDAYS[d.weekday()]}ที่ {words}"
    return digits(words) if thai_digits else words


def date_short(d: date, thai_digits: bool = True) -> str:
    """`๑ พ.ค. ๒๕๖๘`, for tables."""
    words = f"{d.day} {MONTHS_SHORT[d.month - 1]} {_year(d)}"
    return digits(words) if thai_digits else words


def month_short(month: int) -> str:
    """`ม.ค.` for 1."""
    return MONTHS_SHORT[month - 1]


def time_words(hh_mm: str, thai_digits: bool = True) -> str:
    """`09:00` as `๐๙.๐๐`: official papers put a dot between hours and minutes."""
    words = hh_mm.replace(":", ".")
    return digits(words) if thai_digits else words


_UNSEEN = {"Cc", "Cf", "Cs"}  # Unicode categories: controls, formatting (zero-width, bidi), lone surrogates
# Characters of other categories that draw nothing, or are none: joiner, fillers, Mongolian selectors.
_UNSEEN_TOO = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0\ufffe\uffff")

# Old fonts, and PDFs made with them, have shifted and lowered marks at U+F700 to U+F71A.
_TONES = "\u0e48\u0e49\u0e4a\u0e4b\u0e4c"
_OLD_GLYPHS = str.maketrans(
    dict(
        zip(
            map(chr, range(0xF700, 0xF71B)),
            f"ฐ\u0e34\u0e35\u0e36\u0e37{_TONES}{_TONES}ญ\u0e31\u0e4d\u0e47{_TONES}\u0e38\u0e39\u0e3a",
            strict=True,
        )
    )
)
_PHINTHU = "\u0e3a"  # before SARA U in NFC
_ABOVE_OR_BELOW = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_MISSPELT = (
    (re.compile(f"[{_ABOVE_OR_BELOW}]{{2,}}"), lambda found: _stacked(found[0])),
    (re.compile("\u0e4d([\u0e31\u0e34-\u0e3a\u0e47-\u0e4b]*)า"), lambda found: f"{found[1]}ำ"),
    # the tone comes before SARA AM
    (re.compile("[\u0e4d่-๋]*ำ[ำ\u0e4d่-๋]*"), lambda found: f"{_stacked(found[0])}ำ"),
    (re.compile("\u0e34\u0e4d"), lambda _: "\u0e36"),
    (re.compile("เเ"), lambda _: "แ"),
)


def _is_tone(mark: str) -> bool:
    return "่" <= mark <= "๋"


def _stacked(marks: str) -> str:
    """The marks on one consonant in spoken order: vowel, tone, การันต์; each once.

    NIKHAHIT next to SARA AM is dropped as a part of it.
    """
    once = set(marks) - set("ำ\u0e4d" if "ำ" in marks else "")
    return "".join(sorted(once, key=lambda mark: (mark in "์๎", _is_tone(mark), mark != _PHINTHU, mark)))


def and_(last: str) -> str:
    """`และนายสอง`, `และ ๓`, `และ “สาม”`: no space before a Thai word, one before what is none."""
    begins_with_a_letter = bool(re.match("[ก-ฮเ-ไ]", last))
    return f"และ{'' if begins_with_a_letter else ' '}{last}"


def normalise(text: str) -> str:
    """One spelling for all text that looks the same.

    NFC; composed SARA AM; every mark once and in its place; glyphs of old fonts as the letters they show; no
    invisible characters; white space as single spaces, none at the ends.
    """
    spaced = " ".join(text.translate(_OLD_GLYPHS).split())
    seen = "".join(c for c in spaced if unicodedata.category(c) not in _UNSEEN and c not in _UNSEEN_TOO)
    composed, before = " ".join(seen.split()), ""
    while composed != before:  # moving one mark may bring another next to its own kind
        before, composed = composed, unicodedata.normalize("NFC", composed)
        for misspelt, right in _MISSPELT:
            composed = misspelt.sub(right, composed)
    return composed


def typed_lines(text: str) -> tuple[str, ...]:
    """The lines that a person typed, each normalised, without empty ones."""
    return tuple(filter(None, map(normalise, text.splitlines())))


def normalise_lines(text: str) -> str:
    """As `normalise`, of a text that is printed as it is typed: its line breaks stay."""
    return "\n".join(typed_lines(text))


# Above or below nothing, SARA AM behind no letter, two vowels on one consonant. A dotted circle is a letter.
# It begins by a mark, not by what stands before: so it is found six times as fast.
_LOOSE = re.compile(
    f"[{_ABOVE_OR_BELOW}ำ]"
    f"(?:(?<![ก-ฮ\u25cc{_ABOVE_OR_BELOW}].)[{_ABOVE_OR_BELOW}ำ]*"
    "|(?<=[\u0e31\u0e34-\u0e39])[\u0e31\u0e34-\u0e39]+)",
    re.DOTALL,
)
_BESIDE_LOOSE = 3  # letters shown on either side


def loose_marks(text: str) -> tuple[str, ...]:
    """Where vowels or tone marks stand on no consonant or on one another's, with some letters around.

    Fonts draw a dotted circle or one over the other. `text` as `normalise` spells it.
    """
    return tuple(
        dict.fromkeys(
            text[max(0, found.start() - _BESIDE_LOOSE) : found.end() + _BESIDE_LOOSE].strip()
            for found in _LOOSE.finditer(text)
        )
    )


NOTHING_SAID = Sentence(
    "ต้องกรอกเป็นข้อความ ใส่เพียงขีดหรือจุดไม่ได้", "must be told in words; a dash or dots are not enough"
)


def says_something(text: str) -> bool:
    """Whether a text has a letter or digit: what is asked for is not given by a dash or dots."""
    return any(map(str.isalnum, normalise(text)))


# The order of the Royal Institute's dictionary, as in CLDR's collation for Thai. Thai comes before Latin.
_LETTERS = "฿0123456789" + "".join(map(chr, range(ord("ก"), ord("ฮ") + 1))) + "ํะัาิีึืุูเแโใไฺ"
_RANK = {letter: chr(rank) for rank, letter in enumerate(_LETTERS, start=1)}
_MARKS = "๎์็่้๊๋"
_MARK_RANK = {mark: chr(rank) for rank, mark in enumerate(_MARKS, start=2)}
_SIGNS = "ฯๆ"  # letters in Unicode, punctuation in a dictionary
_LEADING_VOWEL = re.compile("([เ-ไ])([ก-ฮ])")
_SAME_LETTER = str.maketrans({"ำ": "าํ", "ๅ": "า", **{chr(0x0E50 + n): str(n) for n in range(10)}})


def sort_key(text: str) -> tuple[str, str, str]:
    """Sort key in the order of a Thai dictionary: letters first,
    then tone marks and signs, then the text itself.

    A leading vowel (เแโใไ) counts after its consonant; white space, punctuation, ฯ, ๆ and case count last.
    """
    text = normalise(text)
    spoken = _LEADING_VOWEL.sub(r"\2\1", text).translate(_SAME_LETTER)
    letters, marks = [], []
    for char in unicodedata.normalize("NFKD", spoken.casefold()):
        if rank := _RANK.get(char):
            letters.append(rank)
            marks.append("\1")
        elif mark := _MARK_RANK.get(char):
            marks.append(mark)
        elif char.isalnum() and char not in _SIGNS:  # ranks are below "a", so other scripts follow Thai
            letters.append(char)
            marks.append("\1")
    return "".join(letters), "".join(marks), text


_NATIONAL_ID = re.compile("[1-8][0-9]{12}")


def national_id_check_digit(first12: str) -> str:
    """The thirteenth digit for the first twelve: (11 - sum of digit x (13 - place) mod 11) mod 10."""
    total = sum(int(digit) * (13 - place) for place, digit in enumerate(first12))
    return str((11 - total % 11) % 10)


def valid_national_id(s: str) -> bool:
    """Whether this is 13 ASCII digits without dashes, the first 1-8,
    with the right check digit (thai-papers.md 6).
    """
    return _NATIONAL_ID.fullmatch(s) is not None and national_id_check_digit(s[:12]) == s[12]


def mask_national_id(s: str) -> str:
    """`x-xxxx-xxxxx-12-3`: only the last three of 13 digits show; "" for "", everything hidden otherwise."""
    if not s:
        return ""
    tail = f"{s[10:12]}-{s[12]}" if re.fullmatch("[0-9]{13}", s) else "xx-x"
    return f"x-xxxx-xxxxx-{tail}"


_DIGIT, _GAP = "[0-9๐-๙]", "[- .]?"
# Thirteen digits together or grouped 1-4-5-2-1, not part of a longer number or a digest. No word boundary:
# Thai has no spaces between words.
_WRITTEN_ID = re.compile(
    rf"(?<![0-9A-Za-z๐-๙]){_DIGIT}{_GAP}{_DIGIT}{{4}}{_GAP}{_DIGIT}{{5}}{_GAP}{_DIGIT}{{2}}{_GAP}{_DIGIT}"
    r"(?![0-9A-Za-z๐-๙])"
)


def cover_national_ids(text: str) -> str:
    """`text` with every number of thirteen digits (Thai or Arabic) that may be a national ID masked."""
    return _WRITTEN_ID.sub("x-xxxx-xxxxx-xx-x", text)
