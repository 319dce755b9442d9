"""What is wrong with a form that was sent: said at the fields, and summed up above them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mochocho.words.errors import MochochoError


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


def of_file(said: str, *mistakes: str) -> FormErrors:
    """Why a file that was handed in is not taken, at its field, with each mistake in it."""
    return FormErrors({"file": FieldError("ไฟล์", said)}, mistakes)


def of(error: MochochoError, fields: Mapping[str, tuple[str, str]]) -> FormErrors:
    """What an error says, at the field of its part. `fields`: by part, the id of the field and its words."""
    part = getattr(error, "part", "")
    return at(*fields[part], error.th) if part in fields else FormErrors(whole=(error.th,))


NONE = FormErrors()
