"""Runs the portal until it is stopped, and opens the browser on it."""

import webbrowser

from mochocho.app.portal.running import PortalServer
from mochocho.app.terminal.console import say
from mochocho.app.terminal.stopping import stopped_by_signals
from mochocho.storage.home import Home


def run_until_stopped(
    home: Home, host: str, port: int, public_url: str, *, browser: bool, path: str = "/"
) -> None:
    """Serve the portal; returns after Ctrl-C or SIGTERM.

    `browser`: open one on `path`, unless a proxy is before the portal.
    """
    with stopped_by_signals() as stop:
        server = PortalServer(home, host, port, public_url)
        server.start()
        opened = server.url + path.removesuffix("/")
        say(f"พอร์ทัลเปิดที่ {opened} กด Ctrl-C เพื่อหยุด", f"the portal is at {opened}; Ctrl-C stops")
        try:
            if browser and not public_url:
                webbrowser.open(opened)
            while not stop.is_set():
                stop.wait(0.5)
        finally:
            server.stop()
    say("หยุดแล้ว", "stopped")
