"""Reads an instance with the published form it was filled in with."""

from dataclasses import replace

from mochocho.storage.files import Store
from mochocho.words.model import NotOffered
from sync.xform.choices import not_offered
from sync.xform.parse import Instance, parse_published
from sync.xform.published_forms import PublishedForms
from sync.xform.unknown_fields import unknown_fields

Form = tuple[str, str]  # our id and version


class Reader:
    """Reads instances with the forms published so far."""

    def __init__(self, store: Store, forms: PublishedForms) -> None:
        self._store = store
        self._forms = forms

    def read(self, xml: bytes, form: Form | None = None) -> Instance:
        """Read an instance. `form`: our form, where the instance itself names another.

        Raises BadInput: what `parse_instance` raises, form.unknown, form.version_unknown.
        """
        if form is None:
            return parse_published(xml, self._forms.binds)
        instance = parse_published(xml, lambda _form_id, _version: self._forms.binds(*form))
        return replace(instance, form_id=form[0], version=form[1])

    def unknown_fields(self, instance: Instance) -> tuple[str, ...]:
        """The filled-in fields of an instance that its form does not have."""
        fields = self._forms.binds(instance.form_id, instance.version).fields
        return unknown_fields(instance.root, fields)

    def not_offered(self, instance: Instance) -> tuple[NotOffered, ...]:
        """The answers of an instance that are none of the choices of its form."""
        return not_offered(instance.root, self._forms.choices(instance.form_id, instance.version))

    def stored(self, xml_sha256: str, form: Form) -> Instance:
        """The instance of this form whose XML the store holds."""
        return self.read(self._store.read(xml_sha256), form)
