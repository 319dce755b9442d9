"""Takes the programs of ODK Web Forms from npm into a home, each as the lock beside this file says.

`python -m mochocho.app.web_forms.install FOLDER TARGET` puts them where an image has them; npm filled FOLDER.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

from mochocho.storage.files import temporary_dir, write_file
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal, Transient
from sync.openrosa.browser.programs import INVENTORY, VUE, folder_of

LOCKED = ("package.json", "package-lock.json")
_FORMS = "node_modules/@getodk/web-forms/dist"
_VUE = "node_modules/vue/dist/vue.runtime.esm-browser.prod.js"
_SECONDS = 600


def install(home: Home) -> int:
    """Returns how many bytes they are. Raises Terminal without npm, Transient where npm cannot have them."""
    npm = shutil.which("npm")  # npm.cmd on Windows
    if npm is None:
        raise Terminal(
            "เครื่องนี้ไม่มี Node.js ให้ติดตั้ง Node.js รุ่น 20 ขึ้นไปก่อน แล้วสั่งใหม่",
            "there is no Node.js on this machine: install version 20 or newer, then call this again",
        )
    with temporary_dir(home.settings.cache_dir / "npm") as folder:
        for name in LOCKED:
            (folder / name).write_bytes(files(__package__).joinpath(name).read_bytes())
        _run(npm, folder)
        return keep(folder, folder_of(home.settings.home))


def _run(npm: str, folder: Path) -> None:
    call = (npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error")
    try:
        done = subprocess.run(  # noqa: S603 - what is called stands above
            call, cwd=folder, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise _unreachable("npm: timeout") from None
    if done.returncode:
        raise _unreachable(done.stderr.strip()[-300:])


def _unreachable(said: str) -> Transient:
    return Transient(
        f"ดาวน์โหลดจาก npm ไม่ได้ ตรวจอินเทอร์เน็ตแล้วสั่งใหม่: {said}",
        f"npm could not bring them; check the network and call this again: {said}",
    )


def keep(folder: Path, target: Path) -> int:
    """Take the programs out of the folder that npm filled; returns how many bytes they are.

    The inventory is written last: without it nothing counts as installed.
    """
    found = {file.name: file.read_bytes() for file in (folder / _FORMS).glob("*.js")}
    found[VUE] = (folder / _VUE).read_bytes()
    target.mkdir(parents=True, exist_ok=True)
    (target / INVENTORY).unlink(missing_ok=True)
    for name, content in found.items():
        write_file(target / name, content)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(found.items())}
    write_file(target / INVENTORY, json.dumps(digests, indent=1).encode())
    return sum(map(len, found.values()))


if __name__ == "__main__":
    keep(Path(sys.argv[1]), Path(sys.argv[2]))
