"""`python -m tests.portal.dying_portal SETTINGS PORT WHEN MARK`: a portal that dies at its first form.

WHEN: `before` anything of the form is done, or `after` all of it is, before the answer goes out. MARK: a file
that is written first; where it is there, the portal lives on.
"""

import os
import sys
import threading
from pathlib import Path

from flask import Flask, Response, request

from mochocho.app.portal import running
from mochocho.settings.config import load_settings
from mochocho.storage.home import open_home


def main(settings: Path, port: int, when: str, mark: Path) -> None:
    made = running.create_site

    def die() -> None:
        if request.method == "POST" and request.path != "/signin" and not mark.exists():
            mark.write_text(when)
            os._exit(9)

    def die_after(answer: Response) -> Response:
        die()
        return answer

    def mortal(*args: object, **named: object) -> Flask:
        site = made(*args, **named)  # type: ignore[arg-type] # as they came
        if when == "before":
            site.before_request(die)
        else:
            site.after_request(die_after)
        return site

    running.create_site = mortal
    running.PortalServer(open_home(load_settings(settings)), "127.0.0.1", port).start()
    threading.Event().wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], Path(sys.argv[4]))
