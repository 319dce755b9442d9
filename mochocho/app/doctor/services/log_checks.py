"""The doctor's check of the log server: whether it is reached, whether what is sent there is encrypted."""

import socket
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

from mochocho.app.doctor.checks import NOTHING, Check, State
from mochocho.app.reachability import only_this_machine
from mochocho.app.terminal.log_forwarding import encrypted
from mochocho.settings.config import Logs
from mochocho.words.errors import reason
from mochocho.words.sentences import Sentence, about

PATIENCE = 5  # seconds to wait for an answer
_ENCRYPT = Sentence(
    "ใช้ tls:// ใน syslog ใต้ [logs] หรือส่งไปที่ rsyslog ในเครื่องนี้ (tcp://127.0.0.1:601) ให้ส่งต่อด้วย TLS",
    "use tls:// in logs.syslog, or an rsyslog on this machine (tcp://127.0.0.1:601) that sends on by TLS",
)
_REACH = Sentence(
    "แก้ [logs] หรือเปิดเครื่องเก็บบันทึก บันทึกที่ส่งไม่ได้ยังอยู่ในเครื่องนี้ แต่จะไม่ส่งซ้ำ",
    "mend [logs] or start the log server; what could not be sent stands on this machine alone",
)
_UNKNOWN = Sentence(
    "ส่งทาง UDP จึงไม่รู้ว่าถึงหรือไม่ และไม่เข้ารหัส",
    "sent by UDP: whether it arrives is not known, and it is not encrypted",
)
_PLAIN = Sentence(
    "รับการเชื่อมต่อ แต่ข้อความไม่เข้ารหัสระหว่างทาง", "takes connections, but what is sent is not encrypted on its way"
)
_RELAY = Sentence(
    "โปรแกรมในเครื่องนี้รับไว้ การส่งต่อและการเข้ารหัสอยู่ที่การตั้งค่าของโปรแกรมนั้น",
    "a program on this machine takes it; whether it sends on, and encrypts, is in its own settings",
)
_SAFE = Sentence("รับการเชื่อมต่อ และเข้ารหัสด้วย TLS", "takes connections, encrypted with TLS")
_NOT_VOUCHED = Sentence(
    "เชื่อมต่อได้ แต่ใบรับรองไม่มีผู้รับรองที่เครื่องนี้เชื่อถือ หรือเป็นของชื่ออื่น จึงไม่ส่ง",
    "answers with a certificate that nobody trusted here vouches for, or of another name, so nothing is sent",
)
_VOUCH = Sentence(
    "ตั้ง ca_file ใต้ [logs] เป็นไฟล์ใบรับรองของผู้ออก (PEM) และใช้ชื่อเครื่องตามใบรับรอง",
    "set logs.ca_file to the issuer's certificate (PEM), and name the host as its certificate does",
)
_SPEAK = Sentence(
    "ตรวจว่าพอร์ตนี้ของเครื่องเก็บบันทึกรับ TLS และ ca_file ใต้ [logs] เป็นไฟล์ใบรับรองแบบ PEM",
    "does this port of the log server speak TLS, and is logs.ca_file a file of certificates (PEM)?",
)


def examine(logs: Logs) -> Iterator[Check]:
    """Nothing where no log server is set. Connects, and sends no line."""
    if not logs.syslog:
        return
    parts = urlsplit(logs.syslog)
    host, port = parts.hostname or "", parts.port or 0
    if parts.scheme == "udp":
        yield _check("warn", logs, _UNKNOWN, _ENCRYPT)
        return
    try:
        connection = socket.create_connection((host, port), PATIENCE)
        if parts.scheme == "tls":
            connection = encrypted(connection, host, logs.ca_file)
        connection.close()
    except ssl.SSLCertVerificationError:
        yield _check("warn", logs, _NOT_VOUCHED, _VOUCH)
    except ssl.SSLError as error:
        found = Sentence(f"ใช้ TLS ด้วยกันไม่ได้ ({error})", f"no TLS between the two ({error})")
        yield _check("warn", logs, found, _SPEAK)
    except OSError as error:
        why = reason(error)
        found = Sentence(f"ส่งไปไม่ได้ ({why.th})", f"cannot be reached ({why.en})")
        yield _check("warn", logs, found, _REACH)
    else:
        if parts.scheme == "tls":
            yield _check("ok", logs, _SAFE)
        elif only_this_machine(host):
            yield _check("ok", logs, _RELAY)
        else:
            yield _check("warn", logs, _PLAIN, _ENCRYPT)


def _check(state: State, logs: Logs, found: Sentence, advice: Sentence = NOTHING) -> Check:
    return Check("log server", state, about(logs.syslog, found), advice)
