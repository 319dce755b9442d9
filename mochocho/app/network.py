"""What an address says about who can reach it."""

from ipaddress import ip_address


def only_this_machine(host: str) -> bool:
    """Whether a host can be reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:  # a name: nobody but its owner knows where it points
        return False


def on_a_local_network(host: str) -> bool:
    """Whether a host is an address that the internet does not route."""
    try:
        return ip_address(host).is_private
    except ValueError:
        return host.endswith(".local")
