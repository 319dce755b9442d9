"""Make the lists of words that line ends never part, compounds.txt and whole_words.txt beside their readers.

Of a list of Thai words, those that ICU would part, as long as they fit a narrow column, and those that it
leaves whole, unless they are rare: it makes nonsense of short ones of those (รอม|ติ, ผลก|ลับ), and of งานการ.
Maintenance only: python tools/compound_words.py WORDS_TH_TXT TNC_FREQ_TXT, both of PyThaiNLP (CC0). Words of
the programme that no dictionary has stand in reports/typesetting/never_parted/terms.txt, written by hand.
"""

import argparse
import re
from pathlib import Path

from icu4py.breakers import LineBreaker

from reports.typesetting.never_parted.compounds import LIST, WHOLE_WORDS, letters
from reports.typesetting.never_parted.word_ends import LOCALE, MOST_CHARACTERS

USUAL = 300  # times in the Thai National Corpus
LONG, KNOWN = 5, 10  # characters of a word that chance does not make, if it stands there as often
MOST = 16  # letters without marks: longer ones are phrases, which may be parted
THAI = re.compile("[\u0e01-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e]{4,}")  # SHORTEST and longer
ANY = re.compile("[\u0e01-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e]{2,}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path, help="words_th.txt")
    parser.add_argument("frequencies", type=Path, help="tnc_freq.txt")
    given = parser.parse_args()
    words = {word.strip() for word in given.source.read_text(encoding="utf-8").splitlines()}
    counted = (line.split("\t") for line in given.frequencies.read_text(encoding="utf-8").splitlines())
    times = {word: int(count) for word, count in counted}
    usual = {word for word, count in times.items() if count >= USUAL}
    known = usual | {word for word, count in times.items() if count >= KNOWN and len(word) >= LONG}
    compounds = {word for word in words if THAI.fullmatch(word) and letters(word) <= MOST and parted(word)}
    whole = {
        word
        for word in words - compounds - {"งานการ"}
        if ANY.fullmatch(word) and len(word) <= MOST_CHARACTERS
    }
    others = {word for word in whole if word in known or of_two(word, words & usual)}
    for file, kept in ((LIST, compounds), (WHOLE_WORDS, others)):
        file.write_text("\n".join(sorted(kept)) + "\n", encoding="utf-8", newline="\n")
        print(f"{file}: {len(kept)} words")


def of_two(word: str, usual: set[str]) -> bool:
    """Whether it is made of two usual words: the corpus parts these. Neither is a mere syllable of a short
    one, nor both of a longer one.
    """
    least = 1 if len(word) > LONG else 2
    return any(
        {word[:at], word[at:]} <= usual and sum(size > 2 for size in (at, len(word) - at)) >= least
        for at in range(2, len(word) - 1)
    )


def parted(word: str) -> bool:
    return sum(1 for _ in LineBreaker(word, LOCALE)) > 1


if __name__ == "__main__":
    main()
