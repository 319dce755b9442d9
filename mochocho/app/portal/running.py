"""The portal as a running server: waitress, until it is stopped."""

import contextlib
import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from waitress import wasyncore
from waitress.server import create_server

from mochocho.app.portal.site import create_site
from mochocho.app.reachability import only_this_machine
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from sync.openrosa.address import bound, listening_url

_THREADS = 8
_WAKE_SECONDS = 0.5
_STOP_SECONDS = 10
_ADJUSTMENTS: dict[str, object] = {
    "threads": _THREADS,
    "ident": "",
    "connection_limit": 300,
    "channel_timeout": 60,
    "max_request_body_size": 64 << 20,
    "asyncore_use_poll": True,
    "log_socket_errors": False,
}
# One proxy stands before a portal that is told its public address, and only that proxy reaches it.
_BEHIND_PROXY: dict[str, object] = {
    "trusted_proxy": "*",
    "trusted_proxy_count": 1,
    "trusted_proxy_headers": "x-forwarded-for",
    "clear_untrusted_proxy_headers": True,
}


class PortalServer:
    """Serves one home's portal. `port` 0 takes a free one, known after `start`."""

    def __init__(self, home: Home, host: str, port: int, public_url: str = "") -> None:
        self._home = home
        self._host = host
        self._port = port
        self._public_url = public_url
        self._sockets: dict[int, Any] = {}
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._server: Any = None

    def start(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Listen, and return while a thread serves. Raises Terminal when the address cannot be taken."""
        if not only_this_machine(self._host) and not self._public_url.startswith("https://"):
            raise Terminal(
                "พอร์ทัลเปิดให้เครื่องอื่นได้เฉพาะหลังพร็อกซี HTTPS: ตั้ง public_url ใน [portal] เป็น https://…",
                "the portal is open to other machines only behind an HTTPS proxy: set public_url in [portal]",
            )
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        listener = bound(self._host, self._port)
        self._port = int(listener.getsockname()[1])
        proxy = _BEHIND_PROXY if self._public_url else {}
        site = create_site(self._home, public_url=self._public_url, clock=clock)
        self._server = create_server(site, map=self._sockets, sockets=[listener], **_ADJUSTMENTS, **proxy)
        self._thread = threading.Thread(target=self._serve, name="mochocho-portal", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Let running requests finish and be answered, then close."""
        self._stopping.set()
        if self._thread is not None:
            with contextlib.suppress(OSError):  # the thread has closed it already
                self._server.pull_trigger()
            self._thread.join()
            self._thread = None

    @property
    def url(self) -> str:
        """The address at which a browser of this machine opens it."""
        return self._public_url or self.listening

    @property
    def listening(self) -> str:
        """The address at which it listens itself, behind a proxy too."""
        return listening_url(self._host, self._port)

    def _serve(self) -> None:
        while not self._stopping.is_set():
            wasyncore.loop(timeout=_WAKE_SECONDS, use_poll=True, map=self._sockets, count=1)
        self._server.task_dispatcher.shutdown(timeout=_STOP_SECONDS)
        wasyncore.loop(timeout=0.05, use_poll=True, map=self._sockets, count=3)
        wasyncore.close_all(self._sockets, ignore_all=True)
