"""Reading an instance by the published form it was filled in."""

from dataclasses import replace

from mochocho.storage.files import Store
from sync.xform.parse import Instance, parse_published
from sync.xform.published_forms import PublishedForms
from sync.xform.unknown_fields import unknown_fields

Form = tuple[str, str]  # id and version, as we call them


class Reader:
    """Reads instances as the forms published so far say."""

    def __init__(self, store: Store, forms: PublishedForms) -> None:
        self._store = store
        self._forms = forms

    def read(self, xml: bytes, form: Form | None = None) -> Instance:
        """`form`: where the instance itself calls its form otherwise.

        Raises BadInput: what `parse_instance` raises, form.unknown, form.version_unknown.
        """
        if form is None:
            return parse_published(xml, self._forms.binds)
        instance = parse_published(xml, lambda _form_id, _version: self._forms.binds(*form))
        return replace(instance, form_id=form[0], version=form[1])

    def unknown_fields(self, instance: Instance) -> tuple[str, ...]:
        """What is filled in of it that its form does not have."""
        fields = self._forms.binds(instance.form_id, instance.version).fields
        return unknown_fields(instance.root, fields)

    def stored(self, xml_sha256: str, form: Form) -> Instance:
        """The instance whose XML the store holds, of this form."""
        return self.read(self._store.read(xml_sha256), form)
