"""Runs the endpoint for phones and, where there are no workers,
the conveyor beside it, until it is stopped.
"""

from mochocho.app.background import Background
from mochocho.app.publishing.form_files import forms_of
from mochocho.app.reachability import only_this_machine
from mochocho.app.terminal.console import say, warn
from mochocho.app.terminal.stopping import stopped_by_signals
from mochocho.storage.home import Home
from mochocho.words.sentences import Sentence
from sync.openrosa.server import Server
from sync.publish.published import put_form

SEEN_BY_OTHERS = Sentence(
    "ทุกคนในเครือข่ายนี้อ่านสิ่งที่โทรศัพท์ส่งทาง HTTP ที่ไม่เข้ารหัสได้ (ชื่อ ภาพบัตรประชาชน) "
    "ให้ใช้เฉพาะในเครือข่ายของท่านเอง หรือหลังพร็อกซี HTTPS",
    "everyone on this network can read what phones send over plain HTTP (names, photos of ID cards); "
    "use it only on a network of your own, or behind an HTTPS proxy",
)


def serve_until_stopped(home: Home, host: str, port: int) -> None:
    """Publish the current forms, answer phones, work in the background; returns after Ctrl-C or SIGTERM.

    Where the settings name a broker, the work is left to the workers.
    """
    if not only_this_machine(host) and not home.settings.endpoint.public_url.startswith("https://"):
        warn(*SEEN_BY_OTHERS)
    for form in forms_of(home, "odk"):
        put_form(home, form)
    with stopped_by_signals() as stop:
        server = Server(home, host, port)
        server.start()
        conveyor = Background(home.settings)
        say(f"รอรับที่ {server.url} กด Ctrl-C เพื่อหยุด", f"listening on {server.url}; Ctrl-C stops")
        try:
            while not stop.is_set():
                if not home.settings.distributed:
                    conveyor.keep_alive()
                stop.wait(0.5)
        finally:
            stop.set()
            server.stop()
            conveyor.stop()
    say("หยุดแล้ว ทุกอย่างที่ตอบรับแล้วถูกเก็บไว้", "stopped; everything that was answered is kept")
