"""Make the list of compounds that line ends never part, reports/typesetting/never_parted/compounds.txt.

Of a list of Thai words, those that ICU would part, as long as they fit a narrow column. Maintenance only:
python tools/compound_words.py WORDS_TH_TXT, with words_th.txt of PyThaiNLP (CC0). Words of the programme that
no dictionary has stand in reports/typesetting/never_parted/terms.txt, written by hand.
"""

import argparse
import re
from pathlib import Path

from icu4py.breakers import LineBreaker

from reports.typesetting.never_parted.compounds import LIST, LOCALE, letters

MOST = 16  # letters without marks: longer ones are phrases, which may be parted
THAI = re.compile("[\u0e01-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e]{4,}")  # SHORTEST and longer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path, help="words_th.txt")
    source: Path = parser.parse_args().source
    words = {word.strip() for word in source.read_text(encoding="utf-8").splitlines()}
    kept = sorted(word for word in words if THAI.fullmatch(word) and letters(word) <= MOST and parted(word))
    LIST.write_text("\n".join(kept) + "\n", encoding="utf-8", newline="\n")
    print(f"{LIST}: {len(kept)} words")


def parted(word: str) -> bool:
    return sum(1 for _ in LineBreaker(word, LOCALE)) > 1


if __name__ == "__main__":
    main()
