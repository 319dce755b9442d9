"""Work in portions, so that what is held at once does not grow with the province."""

from collections.abc import Iterable, Iterator


def batched(items: Iterable[str], size: int) -> Iterator[list[str]]:
    """In order, each once, `size` at a time: workers that take the same rows then take them in one order."""
    ordered = sorted(set(items))
    return (ordered[start : start + size] for start in range(0, len(ordered), size))
