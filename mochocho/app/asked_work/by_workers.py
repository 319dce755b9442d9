"""Pulling where workers do the work: they are told, and their looks at each server are counted."""

import time
from datetime import UTC, datetime

from mochocho.storage.home import Home
from mochocho.words.errors import Transient
from mochocho.words.progress import ProgressCall
from sync.pull import schedule
from sync.pull.registry import servers

LOOK_SECONDS = 2.0
PATIENCE_SECONDS = 1800.0


def pull(home: Home, progress: ProgressCall) -> int:
    """Have the workers pull, and wait until each server was looked at since. Returns how many there are.

    Raises Terminal where no worker can be told, Transient when the broker is away or the workers are silent.
    """
    from mochocho.app.pipeline import worker  # an extra: an embedded home has none

    began, keys = datetime.now(UTC), [server.key for server in servers(home)]
    worker.start_work(worker.make_app(home.settings))
    for _ in range(int(PATIENCE_SECONDS / LOOK_SECONDS)):
        looked = sum((schedule.last(home, key).polled_at or began) > began for key in keys)
        progress("pull", looked, len(keys))
        if looked == len(keys):
            return looked
        time.sleep(LOOK_SECONDS)
    raise Transient(
        "ผู้ทำงานยังดูไม่ครบทุกเซิร์ฟเวอร์ งานทำต่อเอง ให้ดูผลที่หน้าการรับข้อมูล",
        "the workers have not looked at every server yet; they go on by themselves",
    )
