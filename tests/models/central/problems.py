"""Central's refusals: messages and codes, word for word as recorded."""

from typing import Any

LONGEST = 64  # letters of an id or a name that Central keeps


class Problem(Exception):  # noqa: N818  # Central's word
    """An answer {message, code, details}; the status is the code's whole part."""

    def __init__(self, code: float, message: str, details: dict[str, Any] | str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details
        self.early = False  # said before the route began to answer
        self.plain = False  # JSON on the routes of phones as well

    @property
    def status(self) -> int:
        return int(self.code)

    def json(self) -> dict[str, Any]:
        body: dict[str, Any] = {"message": self.message, "code": self.code}
        return body if self.details is None else body | {"details": self.details}


class Crash(Problem):
    """What Central did not expect, and of which it says nothing."""

    def __init__(self) -> None:
        super().__init__(500, "Internal Server Error")
        self.plain = True

    def json(self) -> dict[str, Any]:
        return {"message": self.message}


def early(problem: Problem) -> Problem:
    problem.early = True
    return problem


def unparsed(reason: str) -> Problem:
    """A body in parts that cannot be taken apart."""
    problem = Problem(400.39, "Multipart form content failed to parse.")
    problem.details, problem.plain = reason, True
    return problem


def kept(text: str) -> str:
    """A text as PostgreSQL keeps it, which has no character of zero."""
    if "\0" in text:
        raise Crash
    return text


def short(text: str) -> str:
    """A text that is kept in a column of 64 letters."""
    if len(text) > LONGEST:
        raise Problem(400.13, "Length of value too long for a field", {"maxLength": str(LONGEST)})
    return kept(text)


def not_found() -> Problem:
    return Problem(404.1, "Could not find the resource you were looking for.")


def forbidden() -> Problem:
    return Problem(403.1, "The authentication you provided does not have rights to perform that action.")


def unauthenticated() -> Problem:
    return Problem(401.2, "Could not authenticate with the provided credentials.")


def missing(field: str) -> Problem:
    return Problem(400.2, f"Required parameter {field} missing.", {"field": field})


def unexpected(field: str, value: object, reason: str) -> Problem:
    details = {"field": field} | ({} if value is None else {"value": value}) | {"reason": reason}
    shown = "undefined" if value is None else "" if value == [] else value
    return Problem(400.8, f"Unexpected {field} value {shown}; {reason}", details)


def no_number(value: str, type_: str) -> Problem:
    details = {"value": value, "expected": f"type {type_}"}
    return Problem(400.11, f'Invalid input data type: expected "{value}" to be (type {type_})', details)


def wrong_type(field: str, expected: str) -> Problem:
    details = {"field": field, "expected": expected}
    return Problem(400.11, f"Invalid input data type: expected ({field}) to be ({expected})", details)


def unexpected_attributes(expected: list[str], actual: list[str]) -> Problem:
    details = {"expected": expected, "actual": actual}
    message = f"Expected parameters: ({', '.join(expected)}). Got ({', '.join(actual)})."
    return Problem(400.31, message, details)


def warned(*workflow: dict[str, Any]) -> Problem:
    message = (
        "The Form is valid, but with warnings. Please check the warnings and if they are acceptable "
        "resubmit with ?ignoreWarnings=true"
    )
    return Problem(400.16, message, {"warnings": {"workflowWarnings": list(workflow)}})


def in_trash(uuids: list[str]) -> Problem:
    message = (
        "The following UUID(s) cannot be used because they are associated with deleted Entities: "
        f"({', '.join(uuids)})."
    )
    return Problem(409.19, message, {"entityUuids": uuids})


def not_unique(table: str, **found: Any) -> Problem:
    fields, values = list(found), list(found.values())
    written = ",".join(map(str, values))
    message = f"A resource already exists with {','.join(fields)} value(s) of {written}."
    return Problem(409.3, message, {"fields": fields, "values": values, "table": table})


def invalid_entity(reason: str) -> Problem:
    return Problem(400.28, f"The entity is invalid. {reason}", {"reason": reason})


def out_of_date(deprecated_id: str | None) -> Problem:
    """An edit, or a late photo, of what is no longer the current version."""
    copy = "undefined" if deprecated_id is None else deprecated_id
    message = (
        f"You tried to update a submission, but the copy you were editing ({copy}) is now out of date. "
        "Please get the new version that has been submitted, and make your edits again."
    )
    return Problem(409.9, message, {} if deprecated_id is None else {"deprecatedId": deprecated_id})


def unsupported(feature: str) -> Problem:
    message = f"The requested feature {feature} is not supported by this server."
    return Problem(501.1, message, {"feature": feature})
