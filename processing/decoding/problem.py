"""Why a file cannot be used."""


class Problem(Exception):  # noqa: N818 - carries a code to `one_file.measure`, and no further
    """`code` as in `processing.findings.of_documents.FILE_PROBLEMS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
