"""Asked work that workers do, where there are any."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mochocho.app.asked_work import asked_process, asked_works
from mochocho.storage.home import Home

if TYPE_CHECKING:
    from mochocho.app.pipeline.worker import Beside


def hand_over(home: Home, number: int) -> None:
    """Have a worker do this piece of work. Where none can be told now, one finds it at the next tick."""
    from mochocho.app.pipeline import worker

    worker.send_beside(worker.make_app(home.settings), number)


def beside() -> "Beside":
    """Asked work, for the workers: each starts a process for it, as Celery's own may start none."""
    from mochocho.app.pipeline.worker import Beside

    return Beside(
        lambda home: asked_works.waiting(home, datetime.now(UTC)),
        lambda home, number: asked_process.see_through(home.settings, number),
    )
