"""The sources of a home: the endpoint's spool, and every folder that its settings name."""

from mochocho.home import Home
from sync.sources.folder import FolderSource
from sync.sources.protocol import Source
from sync.sources.spool import SpoolSource


def sources(home: Home) -> tuple[Source, ...]:
    """In the order in which they are pulled."""
    folders = (FolderSource(f"folder:{folder.key}", folder.path) for folder in home.settings.folders)
    return (SpoolSource(home), *folders)
