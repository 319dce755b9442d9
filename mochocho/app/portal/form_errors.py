"""What is wrong with a form that was sent: said at the fields, and summed up above them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mochocho.words.errors import AllUnfit, MochochoError


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong in one field. `words`: what the field is called above the form."""

    words: str
    said: str


@dataclass(frozen=True, slots=True)
class FormErrors:
    """Why a form was not taken. `fields`: by the id of the field, in the order of the form; `whole`: what is
    wrong in no one field.
    """

    fields: Mapping[str, FieldError] = field(default_factory=dict)
    whole: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.fields or self.whole)


def at(name: str, words: str, said: str) -> FormErrors:
    """Of one field alone."""
    return FormErrors({name: FieldError(words, said)})


def of(error: MochochoError, fields: Mapping[str, tuple[str, str]]) -> FormErrors:
    """What an error says, at the fields of its parts. `fields`: by part, in the order of the form, the id of
    the field and its words.
    """
    return of_all([error], fields)


def of_all(errors: Sequence[MochochoError], fields: Mapping[str, tuple[str, str]]) -> FormErrors:
    """What all of these say, as `of`."""
    every = [one for error in errors for one in (error.every if isinstance(error, AllUnfit) else [error])]
    return by_part([(getattr(one, "part", ""), one.th) for one in every], fields)


def by_part(told: Sequence[tuple[str, str]], fields: Mapping[str, tuple[str, str]]) -> FormErrors:
    """What is told of each part, at its field; of one part all of it."""
    said: dict[str, list[str]] = {}
    for part, text in told:
        said.setdefault(part, []).append(text)
    wrong = {
        name: FieldError(words, " ".join(said.pop(part)))
        for part, (name, words) in fields.items()
        if part in said
    }
    return FormErrors(wrong, tuple(text for texts in said.values() for text in texts))


def together(*every: FormErrors) -> FormErrors:
    """All of these as one."""
    fields = {name: one for errors in every for name, one in errors.fields.items()}
    return FormErrors(fields, tuple(text for errors in every for text in errors.whole))


NONE = FormErrors()
