"""Splits work into chunks, so that memory does not grow with the province."""

from collections.abc import Iterable, Iterator


def batched(items: Iterable[str], size: int) -> Iterator[list[str]]:
    """Sorted, each once, `size` at a time: workers that take the same rows then lock them in one order."""
    ordered = sorted(set(items))
    return (ordered[start : start + size] for start in range(0, len(ordered), size))
