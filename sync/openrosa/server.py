"""The endpoint as a running server: waitress in a thread of its own."""

import contextlib
import logging
import sys
import threading
import time
from functools import partial
from typing import Any

from waitress import wasyncore
from waitress.server import create_server

from mochocho.storage.home import Home
from sync.openrosa.address import bound, listening_url
from sync.openrosa.admission import admitted
from sync.openrosa.connections import door
from sync.openrosa.connections.transport import MOST_DROPPED, Channel, Room, TokenFilter
from sync.openrosa.connections.turns import Turns
from sync.openrosa.routes import body_limit, make_app, token_in

log = logging.getLogger(__name__)

_POLL_SECONDS = 1
_WAKE_SECONDS = 0.2  # for connections that rest
_STOP_SECONDS = 30
# Python's default of 0.005 lets one busy thread limit all phones to 200 pieces a second
_SWITCH_SECONDS = 0.0005
_THREADS = 8
_OF_ONE = 2  # threads for one officer's requests at once
_KNOWN_SECONDS = 1.0  # how long a token's owner is cached; the app itself asks the database at every request
_MOST_KNOWN = 1000
_TURN_SECONDS = 1e-5  # per connection: the more there are, the more of their data is read at once
_FEW = 32  # connections; with no more than this, every byte is read as it comes
_ROOM = 64 << 20  # bytes of bodies in memory: a hundred phones' need no file
_ADJUSTMENTS: dict[str, object] = {
    "connection_limit": door.MOST + 10,  # the listening socket, and those that are being closed
    "cleanup_interval": 1 << 30,  # `door` decides which connections are closed
    "recv_bytes": 1 << 18,  # fewer pieces, so the socket's thread waits for its turn less often
    "inbuf_overflow": 1 << 17,  # a larger body waits in a temporary file: hundreds come at once
    "max_request_body_size": MOST_DROPPED,
    "asyncore_use_poll": True,  # select() fails with file descriptors above 1023
    "log_socket_errors": False,  # phones lose their network all day
    "ident": "",
}
_REDACTED = TokenFilter()


class Server:
    """Serves one home. `port` 0 takes a free one, known after `start`."""

    def __init__(self, home: Home, host: str, port: int) -> None:
        self._home = home
        self._host = host
        self._port = port
        self._sockets: dict[int, Any] = {}
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._server: Any = None
        self._known: dict[str, tuple[int, float]] = {}  # token -> its officer, and until when this is valid
        self._looked = 0.0

    def start(self) -> None:
        """Listen, and return while a thread serves. Raises Terminal when the address cannot be taken."""
        # For the whole process: the thread that reads sockets waits this long for each while others compute.
        sys.setswitchinterval(_SWITCH_SECONDS)
        logging.getLogger("waitress").addFilter(_REDACTED)
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a queue of phones is normal
        listener = bound(self._host, self._port)
        adjustments = {**_ADJUSTMENTS, "sockets": [listener]}
        self._server = create_server(
            make_app(self._home),
            map=self._sockets,
            _dispatcher=Turns(_THREADS, _OF_ONE),
            **adjustments,
        )
        self._server.channel_class = partial(
            Channel, limit=body_limit(self._home), room=Room(_ROOM), admits=self._officer
        )
        self._port = int(listener.getsockname()[1])
        self._thread = threading.Thread(target=self._serve, name="mochocho-endpoint", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Accept no new connections, let running requests finish and be answered, then close."""
        self._stopping.set()
        if self._thread is not None:
            with contextlib.suppress(OSError):  # the thread has closed it already
                self._server.pull_trigger()
            self._thread.join()
            self._thread = None

    @property
    def url(self) -> str:
        """The address at which this machine's network reaches it."""
        return listening_url(self._host, self._port)

    def _officer(self, path: str) -> int | None:
        token, now = token_in(path) or "", time.monotonic()
        officer, until = self._known.get(token, (None, now))
        if now < until:
            return officer
        try:
            found = admitted(self._home, token)
        except Exception:
            log.exception("cannot look up an officer")
            return 0  # the app will ask again, and can say what is wrong
        if found is None:
            return None
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        self._known[token] = (found.officer.id, now + _KNOWN_SECONDS)
        return found.officer.id

    def _serve(self) -> None:
        while not self._stopping.is_set():
            self._turn(_WAKE_SECONDS)
            self._send_away()
            if (connections := len(self._server.active_channels)) > _FEW:
                time.sleep(_TURN_SECONDS * connections)
        self._server.accepting = False
        self._server.task_dispatcher.shutdown(timeout=_STOP_SECONDS)
        deadline = time.monotonic() + _POLL_SECONDS
        while self._has_answers() and time.monotonic() < deadline:
            self._turn(0.05)
        for channel in list(self._server.active_channels.values()):
            channel.cancel()  # also requests completed since answering ended
            channel.handle_close()
        wasyncore.close_all(self._sockets, ignore_all=True)

    def _turn(self, seconds: float) -> None:
        try:
            wasyncore.loop(timeout=seconds, use_poll=True, map=self._sockets, count=1)
        except Exception:  # one bad socket must not stop the others
            log.exception("the endpoint's loop failed and goes on")
            time.sleep(_POLL_SECONDS)

    def _send_away(self) -> None:
        now = time.time()  # waitress' clock
        if now - self._looked >= _POLL_SECONDS or now < self._looked:
            self._looked = now
            for visitor in door.overdue(list(self._server.active_channels.values()), now):
                visitor.will_close = True

    def _has_answers(self) -> bool:
        return any(channel.total_outbufs_len for channel in list(self._server.active_channels.values()))
