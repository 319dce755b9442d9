"""Make the fallback fonts for Chinese, symbols and emoji: of Noto's, the letters that papers may need.

All of Noto Sans SC is 10 MB, the frequent characters of both ways of writing are 2 MB. Maintenance only:
python tools/subset_fonts.py FOLDER, with NotoSansSC_400Regular.ttf (npm's @expo-google-fonts/noto-sans-sc
0.4.3), noto-sans-symbols-2-symbols-400-normal.woff (@fontsource/noto-sans-symbols-2 5.3.0) and
noto-emoji-emoji-400-normal.woff (@fontsource/noto-emoji 5.3.2).
"""

import argparse
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from mochocho.words.letters import is_frequent_chinese

TARGET = Path(__file__).resolve().parent.parent / "mochocho" / "fonts" / "beside"
IDEOGRAPHS = range(0x4E00, 0xA000)
PICTURES = range(0x2300, 0x2800)  # signs of offices, check marks, stars
EMOJI = (0x20E3, *range(0x2600, 0xFE00), *range(0x1F000, 0x20000))  # as phones type them, each by itself


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path, help="folder with the three files")
    source = parser.parse_args().source
    chinese = (code for code in IDEOGRAPHS if is_frequent_chinese(chr(code)))
    _write(source / "NotoSansSC_400Regular.ttf", chinese, "NotoSansSC-Regular.ttf")
    _write(source / "noto-sans-symbols-2-symbols-400-normal.woff", PICTURES, "NotoSansSymbols2-Regular.ttf")
    _write(source / "noto-emoji-emoji-400-normal.woff", EMOJI, "NotoEmoji-Regular.ttf")


def _write(source: Path, codes: Iterable[int], name: str) -> None:
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.drop_tables += ["vhea", "vmtx", "BASE"]
    font = TTFont(source, recalcTimestamp=False)
    font.flavor = None
    made = subset.Subsetter(options)
    made.populate(unicodes=codes)
    made.subset(font)
    font.save(TARGET / name)
    print(f"{name}: {len(font.getBestCmap())} characters")


if __name__ == "__main__":
    main()
