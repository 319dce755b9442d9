"""The villages that another list of the office would bring, call otherwise, or drop."""

from pathlib import Path

from mochocho.app import village_files
from mochocho.app.asked_work.previews.preview import LISTED, Preview, refused
from mochocho.excel.row_counts import telling
from mochocho.storage.home import Home
from mochocho.words.errors import MochochoError
from mochocho.words.progress import ProgressCall
from xlsforms.villages import read_villages

_HEADINGS = ("รหัส", "เดิม", "ใหม่")


def preview(home: Home, path: Path, _by: str, progress: ProgressCall) -> Preview:
    """What this list changes of the one that forms offer now."""
    try:
        new = village_files.villages_of(read_villages(path, home.province, telling(path, progress)))
    except MochochoError as error:
        return refused("ไฟล์มีที่ผิด ยังไม่ได้รับ", error.th.replace(f"{path}: ", "").splitlines())
    changes = village_files.changes(village_files.offered_now(home), new)
    rows = [(one.code, str(one.before or "ไม่มี"), str(one.after or "ตัดออก")) for one in changes[:LISTED]]
    title = f"ไฟล์มี {len(new)} หมู่บ้าน เปลี่ยน {len(changes)} แห่ง"
    return Preview(title=title, headings=_HEADINGS, rows=rows, count=len(changes), offered=path.name)
