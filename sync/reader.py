"""Reading an instance by the published form it was filled in."""

from mochocho.files import Store
from sync.forms import PublishedForms
from sync.parse import Instance, parse_published


class Reader:
    """Reads instances as the forms published so far say."""

    def __init__(self, store: Store, forms: PublishedForms) -> None:
        self._store = store
        self._forms = forms

    def read(self, xml: bytes) -> Instance:
        """Raises BadInput: what `parse_instance` raises, form.unknown, form.version_unknown."""
        return parse_published(xml, self._forms.binds)

    def stored(self, xml_sha256: str) -> Instance:
        """The instance whose XML the store holds."""
        return self.read(self._store.read(xml_sha256))
