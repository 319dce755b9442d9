"""An Office file as a ZIP that says no time and no machine. Pure."""

import io
import zipfile
from collections.abc import Mapping

_DAY_ONE = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP can say


def sealed(parts: Mapping[str, bytes]) -> bytes:
    """The file's bytes; parts by name, in this order."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _DAY_ONE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            file.writestr(entry, content)
    return made.getvalue()
