"""From where, and for how long, an address can be reached."""

import os
import socket
from enum import Enum
from ipaddress import ip_address
from urllib.parse import urlsplit

# Windows' and NetworkManager's mobile hotspots always give these addresses to the machine that opens one.
HOTSPOTS = ("192.168.137.1", "10.42.0.1")
CONTAINER = "MOCHOCHO_CONTAINER"  # set in our image, whose names and addresses are not the host's
LONGEST_NAME = 63  # letters of a host's name


class Reach(Enum):
    """How phones find an address, which decides what they need."""

    MACHINE = "machine"  # from this machine only
    HOTSPOT = "hotspot"  # on the hotspot that this machine opens
    NAME = "name"  # by mDNS on one network (`office.local`): Android 12 or newer
    ADDRESS = "address"  # on one network, until the router gives the machine another address
    INTERNET = "internet"


def reach(url: str) -> Reach:
    """How phones find the host of a URL."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    if only_this_machine(host):
        return Reach.MACHINE
    if host in HOTSPOTS:
        return Reach.HOTSPOT
    if not on_a_local_network(host):
        return Reach.INTERNET
    return Reach.NAME if host.endswith(".local") else Reach.ADDRESS


def only_this_machine(host: str) -> bool:
    """Whether a host can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:  # a name: only its owner knows where it points
        return False


def on_a_local_network(host: str) -> bool:
    """Whether a host is an address that the internet does not route."""
    try:
        return ip_address(host).is_private
    except ValueError:
        return host.endswith(".local")


def is_ours(address: str) -> bool:
    """Whether an IP address is this machine's at this moment, so that it can be bound."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((address, 0))
    except OSError:
        return False
    return True


def in_container() -> bool:
    """Whether this process runs in our image."""
    return os.environ.get(CONTAINER, "") == "1"


def lasting_urls(port: int) -> tuple[str, ...]:
    """Addresses for `public_url` that stay this machine's, whatever the router does: by name, by hotspot."""
    if in_container():
        return ("https://forms.example.go.th",)  # a domain of the office: phones come through the proxy
    name = socket.gethostname().partition(".")[0].lower()
    named = (f"http://{name}.local:{port}",) if 0 < len(name) <= LONGEST_NAME and name != "localhost" else ()
    return (*named, *(f"http://{address}:{port}" for address in HOTSPOTS))
