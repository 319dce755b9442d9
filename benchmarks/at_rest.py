"""What sealing identifiers and stored files under a key would cost, beside a pull, registering and assessing.

python -m benchmarks.at_rest [--units 149]

The work is done as it is, on one processor, from what phones would have sent; then, in the same process,
every file that it stored and every text of a row that names a person is sealed (AES-256-GCM, a nonce each)
once and opened three times, and each national ID gets the keyed hash by which one that is used twice would be
found.
That is the least: children that decode and what typesets read files by their path, and would need copies in
the open. Photos are tiny, which makes the ratio larger than in a province.
"""

import argparse
import hmac
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import select

from benchmarks.units import PARTS, SAMPLE_UNITS, spool
from mochocho.settings.config import load_settings
from mochocho.storage.db import reading
from mochocho.storage.home import Home, open_home
from processing.decoding.keeper import decoders
from processing.tables import ApplicantRow, AssessmentRow, IdentityRow, PlanRow, SheetRow

BOUND, OPENED = 0.05, 3
WORK = ("pull", "register", "assess")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--units", type=int, default=SAMPLE_UNITS, help="a multiple of 149")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "home"
        spool(folder, chosen.units, None)
        home = replace(open_home(load_settings(folder / "mochocho.toml")), processors=1)
        costs = {part: _spent(partial(_do, part, home)) for part in WORK}
        files = [path.read_bytes() for path in home.store.root.rglob("*") if path.is_file()]
        texts, ids = list(_texts(home)), list(_ids(home))
        home.engine.dispose()
    key = AESGCM(AESGCM.generate_key(256))
    sealed = _spent(lambda: _sealed(key, files))
    rows = _spent(lambda: _sealed(key, texts))
    found = _spent(lambda: [hmac.digest(b"k" * 32, one, "sha256") for one in ids])
    whole, added = sum(costs.values()), sealed + rows + found
    print(
        f"{chosen.units} units: {', '.join(f'{part} {spent:.1f} s' for part, spent in costs.items())}; "
        f"sealing {len(files)} files of {sum(map(len, files)) / 1e6:.0f} MB {sealed:.2f} s, {len(texts)} "
        f"texts of rows {rows:.2f} s, {len(ids)} hashes of IDs {found:.3f} s: {added / whole:.1%} of "
        f"the work, {added / costs['pull']:.1%} of the pull alone"
    )
    assert added <= BOUND * whole, f"sealing costs {added / whole:.1%} of the work"


def _do(part: str, home: Home) -> None:
    PARTS[part](home)
    decoders().close()  # what its children spent counts once they have ended


def _texts(home: Home) -> Iterator[bytes]:
    """The columns that hold what a person is known by."""
    columns = (ApplicantRow.application, SheetRow.content, PlanRow.content, AssessmentRow.result)
    with reading(home.engine) as session:
        for column in columns:
            for value in session.scalars(select(column)):
                yield json.dumps(value, ensure_ascii=False).encode()
        for row in session.scalars(select(IdentityRow)):
            yield from (row.national_id.encode(), row.phone.encode())


def _ids(home: Home) -> Iterator[bytes]:
    with reading(home.engine) as session:
        yield from (one.encode() for one in session.scalars(select(IdentityRow.national_id)))


def _sealed(key: AESGCM, contents: list[bytes]) -> None:
    for content in contents:
        nonce = os.urandom(12)
        sealed = key.encrypt(nonce, content, None)
        for _ in range(OPENED):
            key.decrypt(nonce, sealed, None)


def _spent(work: Callable[[], object]) -> float:
    """Processor seconds, of this process and of the children that ended in it."""
    began = _processor()
    work()
    return _processor() - began


def _processor() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


if __name__ == "__main__":
    main()
