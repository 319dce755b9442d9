"""Bytes made from good ones by breaking them: what strangers and broken programs send. Drawn by a seed."""

import io
import random
import zipfile
from collections.abc import Iterator, Sequence

# What parsers trip over: ends, signs of formats, numbers at the edge of their kind, text of other encodings.
WORDS: Sequence[bytes] = (
    *(b"", b"\0", b"\r\n", b"\n\n", b"--", b"--cut", b"--cut--\r\n", b'"', b"'", b",", b";", b"\t", b"=1+1"),
    *(b"<", b">", b"</", b"&", b"&#0;", b"&#xD83D;&#xDE00;", b"&lt;", b"<![CDATA[", b"]]>", b' xmlns:a="b"'),
    *(b"<!DOCTYPE a [<!ENTITY e 'x'>]>", b"<?xml version='1.0' encoding='utf-7'?>"),
    *(b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\xaf", "ก".encode(), "\u0e33\u200b๑๒".encode()),
    *(b"\xff\xd8\xff\xe0", b"\xff\xd9", b"\xff\xff", b"\x7f\xff\xff\xff", b"\x80\0\0\0", b"IHDR", b"IDAT"),
    *(b"%PDF-1.7", b"endobj", b"stream\r\n", b"/Length 99999999", b"/Kids[1 0 R]", b"/OpenAction", b"%%EOF"),
    *(b"PK\x03\x04", b"-1", b"1e309", b"99999999999999999999"),
)
LONGEST = 1 << 20


def mutated(seeds: Sequence[bytes], dice: random.Random) -> Iterator[bytes]:
    """One broken file after the other, without end; of an archive mostly what is in it is broken."""
    while True:
        good = dice.choice(seeds)
        if good.startswith(b"PK") and dice.random() < 0.8:
            yield _repacked(good, dice)
        else:
            yield _broken(good, seeds, dice)


def _broken(content: bytes, others: Sequence[bytes], dice: random.Random) -> bytes:
    for _ in range(dice.choice((1, 1, 2, 4, 16))):
        at, to = sorted(dice.randrange(len(content) + 1) for _ in range(2))
        match dice.randrange(7):
            case 0:  # one byte is another
                content = content[:at] + bytes((dice.randrange(256),)) + content[at + 1 :]
            case 1:  # something is put in
                content = content[:at] + dice.choice(WORDS) * dice.choice((1, 1, 1, 50)) + content[at:]
            case 2:  # a piece is gone
                content = content[:at] + content[to:]
            case 3:  # the end is gone
                content = content[:at]
            case 4:  # a piece stands twice, or many times
                content = content[:to] + content[at:to] * dice.choice((1, 1, 20)) + content[to:]
            case 5:  # the rest is another's
                content = content[:at] + (other := dice.choice(others))[dice.randrange(len(other) + 1) :]
            case _:  # one bit
                if at < len(content):
                    content = (
                        content[:at] + bytes((content[at] ^ 1 << dice.randrange(8),)) + content[at + 1 :]
                    )
        content = content[:LONGEST]
    return content


def _repacked(content: bytes, dice: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = dice.choice(sorted(parts))
    parts[name] = _broken(parts[name], tuple(parts.values()), dice)
    if dice.random() < 0.1:
        parts.pop(dice.choice(sorted(parts)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()
