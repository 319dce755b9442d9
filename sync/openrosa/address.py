"""The address under which phones find the endpoint."""

import socket

from mochocho.settings.config import Endpoint

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
