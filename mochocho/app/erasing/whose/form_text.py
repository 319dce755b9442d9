"""The XML of a submitted form as it lies in the store."""

from mochocho.storage.files import NotInStore, Store


def form_text(store: Store, sha256: str) -> str:
    """'' where it is not there."""
    try:
        return store.read(sha256).decode("utf-8", "replace")
    except NotInStore:
        return ""
