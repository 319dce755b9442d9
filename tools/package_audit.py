"""pip-audit over requirements.lock, against advisories that are pinned in tools/advisories.json.

    uv run python tools/package_audit.py                    no network: pip-audit asks a server on loopback
    uv run python tools/package_audit.py --refresh FOLDER   pin anew from a clone of pypa/advisory-database

What is pinned says of which day it is: an audit is worth as much as that day is near. Fails where a locked
version is affected.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
PINNED = ROOT / "tools" / "advisories.json"
KEPT = ("id", "aliases", "published", "withdrawn")
SENTENCE = re.compile(r"(?s)(.{1,300}?)(?:[.](?:\s|$)|\n\n|$)")
ADDRESS = re.compile(r"https?://\S+")

Advisory = Mapping[str, Any]  # as the Open Source Vulnerability format has it


def main(arguments: Sequence[str] | None = None) -> int:
    """Audit, or pin anew; returns the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--refresh", type=Path, metavar="FOLDER", help="a clone of the advisory database")
    options = parser.parse_args(arguments)
    if options.refresh:
        PINNED.write_text(pinned(options.refresh, locked(LOCK)), "utf-8")
        return 0
    kept = json.loads(PINNED.read_text("utf-8"))
    print(
        f"advisories of {kept['day']} ({kept['commit'][:12]}) on {len(kept['advisories'])} packages",
        flush=True,
    )
    return audited(LOCK, kept["advisories"])


def locked(lock: Path) -> frozenset[str]:
    """The names of all packages of the lock."""
    lines = (line.split("\\")[0] for line in lock.read_text("utf-8").splitlines() if "==" in line)
    return frozenset(canonicalize_name(Requirement(line).name) for line in lines if line[0].isalnum())


def pinned(database: Path, names: frozenset[str]) -> str:
    """What is known of these packages, as JSON that reads well in a review."""

    def git(*words: str) -> str:
        done = subprocess.run(["git", "-C", database, *words], check=True, capture_output=True, text=True)
        return done.stdout

    commit, day = git("log", "-1", "--format=%H %cs").split()
    found: dict[str, list[Advisory]] = {}
    for path in git("ls-tree", "-r", "--name-only", "HEAD", "vulns/").splitlines():
        if (name := Path(path).parent.name) in names:
            found.setdefault(name, []).append(shortened(yaml.safe_load(git("show", f"HEAD:{path}")), name))
    kept = {"commit": commit, "day": day, "advisories": found}
    return json.dumps(kept, ensure_ascii=False, indent=1, default=str) + "\n"


def shortened(advisory: Advisory, name: str) -> Advisory:
    """Without lists of versions that the ranges say as well; of what is told, the first sentence."""
    own = [one for one in advisory["affected"] if canonicalize_name(one["package"]["name"]) == name]
    affected = [
        {"package": {"name": name, "ecosystem": "PyPI"}, "ranges": ranges}
        if (ranges := [one for one in each.get("ranges", ()) if one["type"] == "ECOSYSTEM"])
        else {"package": {"name": name, "ecosystem": "PyPI"}, "versions": each.get("versions", [])}
        for each in own
    ]
    kept = {key: advisory[key] for key in KEPT if key in advisory}
    told = " ".join(ADDRESS.sub("", advisory.get("summary") or advisory.get("details") or "").split())
    if found := SENTENCE.match(told):
        kept["summary"] = found.group(1)
    return kept | {"affected": affected}


def affects(advisory: Advisory, version: str) -> bool:
    """Whether a version is named by an advisory or lies in a range that begins and is not yet fixed."""
    for each in advisory["affected"]:
        if version in each.get("versions", ()):
            return True
        for events in (one["events"] for one in each.get("ranges", ())):
            inside = False
            for event in events:
                (what, at), *_ = event.items()
                reached = at == "0" or Version(version) >= Version(at)
                past = Version(version) > Version(at) if what == "last_affected" else reached
                if what == "introduced" and reached:
                    inside = True
                elif what in ("fixed", "last_affected") and past:
                    inside = False
            if inside:
                return True
    return False


def audited(lock: Path, advisories: Mapping[str, Sequence[Advisory]]) -> int:
    """The exit status of pip-audit over a lock: 0 = no locked version is affected."""
    with answering(advisories) as url, tempfile.TemporaryDirectory() as cache:
        command = [
            *(sys.executable, "-m", "pip_audit", "--requirement", lock, "--disable-pip", "--require-hashes"),
            *("--vulnerability-service", "osv", "--osv-url", url, "--progress-spinner", "off"),
            *("--cache-dir", cache),
        ]
        return subprocess.run(command, check=False).returncode


@contextmanager
def answering(advisories: Mapping[str, Sequence[Advisory]]) -> Iterator[str]:
    """A server on loopback that answers as api.osv.dev does; its address."""

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            every = advisories.get(canonicalize_name(asked["package"]["name"]), ())
            found = [one for one in every if affects(one, asked["version"])]
            body = json.dumps({"vulns": found} if found else {}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


if __name__ == "__main__":
    sys.exit(main())
