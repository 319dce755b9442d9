"""What is suspected of a drawn picture, measured as a file is and read as of a document."""

from dataclasses import dataclass

from mochocho.words.model import Doubtful
from processing.decoding.one_file import measure
from processing.documents.suspicious import OF_PORTRAITS
from tests.pictures.corpus import Sample


@dataclass(frozen=True, slots=True)
class Seen:
    """A sample with what was suspected of it."""

    sample: Sample
    kinds: frozenset[Doubtful]


def seen(sample: Sample) -> Seen:
    """Measured; fails where a picture, good or not, is called unreadable."""
    found = measure("s", sample.content)
    assert found.problem == "", f"{sample.name} is called unreadable"
    kinds = frozenset(one.kind for one in found.suspicions)
    return Seen(sample, kinds & OF_PORTRAITS if sample.portrait else kinds)
