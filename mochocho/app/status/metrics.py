"""The status as numbers in Prometheus' text format."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from mochocho.app.status import server_states
from mochocho.app.status.status_figures import StageStatus, Status
from mochocho.app.terminal.ages import seconds
from mochocho.app.terminal.redact import redact

Samples = list[tuple[dict[str, str], float]]


def to_prometheus(now: Status, at: datetime) -> str:
    """Numbers only, no names, in Prometheus' text format: for a textfile collector, or a scrape by script."""
    lines = []
    for name, meaning, samples in _metrics(now, at):
        lines += [f"# HELP {name} {meaning}", f"# TYPE {name} gauge"]
        lines += [f"{name}{_labels(labels)} {value:g}" for labels, value in samples]
    return "\n".join(lines)


def _metrics(now: Status, at: datetime) -> Iterator[tuple[str, str, Samples]]:
    def by_stage(value: Callable[[StageStatus], float]) -> Samples:
        return [({"stage": stage.name}, value(stage)) for stage in now.stages]

    yield "mochocho_done", "Items a stage has done.", by_stage(lambda s: s.done)
    yield "mochocho_due", "Items a stage has still to do.", by_stage(lambda s: s.due)
    yield "mochocho_queued", "Items handed out and not begun.", by_stage(lambda s: s.queued)
    yield "mochocho_running", "Items a worker has begun.", by_stage(lambda s: s.running)
    failed: Samples = [
        ({"stage": stage.name, "code": f.code, "retried": str(f.again is not None).lower()}, len(f.items))
        for stage in now.stages
        for f in stage.failed
    ]
    yield (
        "mochocho_failed",
        "Items that failed, by reason, and whether they are tried again.",
        _summed(failed),
    )
    waiting: Samples = [
        ({"stage": stage.name, "code": w.code}, w.count) for stage in now.stages for w in stage.waiting
    ]
    yield "mochocho_waiting_for_a_person", "Items that could not be used, by reason.", _summed(waiting)
    ages = [({"stage": s.name}, seconds(s.oldest, at)) for s in now.stages if s.oldest]
    yield "mochocho_oldest_seconds", "Age of the first item that is on its way or failed.", ages
    yield "mochocho_conflicts", "Forms edited twice from one version.", [({}, len(now.conflicts))]
    yield "mochocho_held", "Applicants of another district's officer.", [({}, len(now.held))]
    to_judge: Samples = [({}, now.documents_to_judge)]
    yield "mochocho_documents_to_judge", "Documents that a person is asked to look at.", to_judge
    yield "mochocho_missing_files", "Files that have not arrived.", [({}, now.missing_attachments)]
    looked: Samples = [({}, seconds(now.looked_at, at))] if now.looked_at else []
    yield "mochocho_looked_seconds", "Seconds since the workers' conveyor looked.", looked
    backed_up: Samples = [({}, seconds(now.backed_up_at, at))] if now.backed_up_at else []
    yield "mochocho_backup_seconds", "Seconds since the last backup was begun.", backed_up
    overruled: Samples = [({}, now.overruled)]
    yield "mochocho_overruled", "Columns of ours that others wrote on servers, put right.", overruled
    yield from server_states.metrics(now.servers, at)


def _summed(samples: Samples) -> Samples:
    """One sample per set of labels: two messages may share a code."""
    sums: dict[tuple[tuple[str, str], ...], float] = {}
    for labels, value in samples:
        key = tuple(labels.items())
        sums[key] = sums.get(key, 0) + value
    return [(dict(key), value) for key, value in sums.items()]


def _labels(labels: Mapping[str, str]) -> str:
    text = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{text}}}" if text else ""


def _escaped(value: str) -> str:
    return redact(value).replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
