"""The office's emblem."""

from mochocho.storage.home import Home
from mochocho.words.errors import Terminal, reason


def emblem(home: Home) -> bytes | None:
    """The image file named in the settings; None without one. Raises Terminal when it cannot be read."""
    path = home.settings.papers.emblem
    if path is None:
        return None
    try:
        return path.read_bytes()
    except OSError as error:
        why = reason(error)
        raise Terminal(
            f"papers.emblem: เปิดภาพตรา {path} ไม่ได้ ({why.th}) ให้แก้หรือลบ `emblem` ใน [papers]",
            f"papers.emblem: {path} cannot be read ({why.en}); mend or unset `emblem` in [papers]",
        ) from error
