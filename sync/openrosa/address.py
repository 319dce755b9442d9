"""The address under which phones find the endpoint, and taking an address to listen on."""

import os
import socket

from mochocho.settings.config import Endpoint
from mochocho.words.errors import Terminal, reason

_ANY_ADDRESS = {"", "0.0.0.0", "::"}  # noqa: S104 - recognised here, not bound to


def told_url(endpoint: Endpoint) -> str:
    """The address in QR codes: the public one, else this machine's on its network."""
    return endpoint.public_url or listening_url(endpoint.host, endpoint.port)


def listening_url(host: str, port: int) -> str:
    """The address at which this machine's network reaches `host`; for "any address", this machine's own."""
    host = _own_address() if host in _ANY_ADDRESS else host
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _own_address() -> str:
    """This machine's address on its network (nothing is sent); 127.0.0.1 when it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address reserved for documentation: it need not exist
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def bound(host: str, port: int) -> socket.socket:
    """A socket that has this address. Raises Terminal when it cannot be taken."""
    try:
        found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _cannot_listen(host, port, error) from error
    try:
        if os.name != "nt":  # on Windows it would let two servers share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise _cannot_listen(host, port, error) from error
    return listener


def _cannot_listen(host: str, port: int, error: OSError) -> Terminal:
    why = reason(error)
    return Terminal(
        f"เปิดรับที่ {host}:{port} ไม่ได้ ({why.th}) ให้เลือก --host หรือ --port อื่น",
        f"cannot listen on {host}:{port} ({why.en}): give another --host or --port",
    )
