"""What another pack of criteria changes of the one that holds."""

from pathlib import Path

from mochocho.app import pack_files
from mochocho.app.asked_work import offered_files
from mochocho.app.asked_work.previews.preview import LISTED, Preview, refused
from mochocho.excel.row_counts import telling
from mochocho.standards.changes import counted
from mochocho.standards.written import yaml_of
from mochocho.storage.home import Home
from mochocho.words.errors import MochochoError
from mochocho.words.progress import ProgressCall

_HEADINGS = ("เปลี่ยนอย่างไร", "ของ", "ส่วน", "เดิม", "ใหม่")


def preview(home: Home, path: Path, _by: str, progress: ProgressCall) -> Preview:
    """A filled-in workbook or YAML beside the pack that holds. What is taken is the YAML of what was read."""
    try:
        looked = pack_files.look_at(path.name, path.read_bytes(), home.settings.pack, telling(path, progress))
    except MochochoError as error:
        return refused(error.th)
    pack, mistakes = looked.reading.pack, looked.reading.mistakes
    if pack is None:
        return refused(f"ไฟล์ผิด {len(mistakes)} แห่ง ยังไม่ได้รับ", list(map(str, mistakes)))
    sorts = [f"{sort.value} {count}" for sort, count in counted(looked.changes).items()]
    changes = looked.changes[:LISTED]
    return Preview(
        title=f"{pack.id} เทียบกับ {looked.against.id}",
        told=(" ".join(sorts),) if sorts else (),
        warnings=tuple(one.th for one in looked.reading.notices),
        headings=_HEADINGS,
        rows=[(one.sort.value, one.of, one.what, one.before, one.after) for one in changes],
        count=len(looked.changes),
        offered=offered_files.keep(home, yaml_of(pack).encode(), ".yaml"),
    )
