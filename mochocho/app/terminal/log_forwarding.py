"""Sends logs and audit rows to a log server as syslog (RFC 5424), so that they survive the machine.

A server that is away stops nothing: what cannot be sent is dropped, and stands on this machine all the same.
"""

import logging
import os
import socket
import ssl
from datetime import UTC, datetime
from logging.handlers import DatagramHandler, SocketHandler
from pathlib import Path
from urllib.parse import urlsplit

from mochocho.app.terminal.redact import redact
from mochocho.storage.audit_told import AUDIT

_LONGEST = 8192  # bytes, as log servers take at least
_TLS_SECONDS = 5.0  # to agree on keys, and for each line
_LOCAL0, _AUTHPRIV = 16, 10  # facilities of RFC 5424
_SEVERITY = {logging.DEBUG: 7, logging.INFO: 6, logging.WARNING: 4, logging.ERROR: 3, logging.CRITICAL: 2}

_forwarding: logging.Handler | None = None


def forward(url: str, ca_file: Path | None = None) -> None:
    """Begin; `url` and `ca_file` as the settings have them, '' = send nothing. What was begun before ends."""
    global _forwarding
    if _forwarding is not None:
        for logger in (logging.getLogger(), AUDIT):
            logger.removeHandler(_forwarding)
        _forwarding.close()
    _forwarding = _handler(url, ca_file) if url else None
    AUDIT.setLevel(logging.INFO if url else logging.NOTSET)
    if _forwarding is not None:
        for logger in (logging.getLogger(), AUDIT):
            logger.addHandler(_forwarding)


def line_of(record: logging.LogRecord) -> bytes:
    """One message as RFC 5424 has it."""
    of_audit = record.name == AUDIT.name
    facility = _AUTHPRIV if of_audit else _LOCAL0
    at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    priority = facility * 8 + _SEVERITY.get(record.levelno, 5)
    head = f"<{priority}>1 {at} {socket.gethostname()} mochocho {os.getpid()}"
    said = logging.Formatter("%(message)s" if of_audit else "%(name)s: %(message)s").format(record)
    line = f"{head} {'audit' if of_audit else 'log'} - {redact(said)}".encode()
    return line[:_LONGEST].decode("utf-8", "ignore").encode()


class _ByUdp(DatagramHandler):
    def makePickle(self, record: logging.LogRecord) -> bytes:  # noqa: N802 - what logging calls it
        return line_of(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Nothing: the line stands on this machine."""


class _ByTcp(SocketHandler):
    def makePickle(self, record: logging.LogRecord) -> bytes:  # noqa: N802
        line = line_of(record)
        return b"%d %b" % (len(line), line)  # as RFC 6587 counts it

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Nothing: the line stands on this machine."""


class _ByTls(_ByTcp):
    """As RFC 5425 has it: the frames of TCP, inside TLS."""

    def __init__(self, host: str, port: int | None, ca_file: Path | None) -> None:
        super().__init__(host, port)
        self._named, self._ca_file = host, ca_file

    def makeSocket(self, timeout: float = 1) -> socket.socket:  # noqa: N802
        connection = super().makeSocket(timeout)
        connection.settimeout(_TLS_SECONDS)
        return encrypted(connection, self._named, self._ca_file)


def encrypted(plain: socket.socket, host: str, ca_file: Path | None) -> socket.socket:
    """TLS on this connection, which is closed where it cannot be. Raises OSError: for a certificate that
    nobody vouches for or that names another host, for a file of certificates that cannot be read.
    """
    try:
        return ssl.create_default_context(cafile=ca_file).wrap_socket(plain, server_hostname=host)
    except OSError:
        plain.close()
        raise


def _handler(url: str, ca_file: Path | None) -> logging.Handler:
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port
    if parts.scheme == "tls":
        return _ByTls(host, port, ca_file)
    return (_ByUdp if parts.scheme == "udp" else _ByTcp)(host, port)
