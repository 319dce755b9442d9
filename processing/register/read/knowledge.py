"""A record of knowledge (แบบบันทึกองค์ความรู้, rules.md 34 and 38). Pure."""

from mochocho.standards.schema import Pack
from mochocho.words.errors import BadInput
from mochocho.words.model import Knowledge
from processing.register.read.dated import Dated
from processing.register.read.fields import Fields
from sync.mirror.queries import Mirrored
from sync.xform.parse import Instance


def read_knowledge(instance: Instance, received: Mirrored, pack: Pack) -> Knowledge:
    """A record of knowledge. Raises BadInput when it names no applicant."""
    fields = Fields(instance.root, received.files)
    key = fields.text("applicant_key").removeprefix("uuid:")
    if not key:
        raise BadInput(
            "knowledge.no_applicant",
            "แบบบันทึกองค์ความรู้ไม่ได้ระบุเจ้าขององค์ความรู้ ให้เลือกจากรายชื่อแล้วส่งใหม่",
            "the record of knowledge does not say whose it is; have that chosen from the list and sent again",
        )
    dated = Dated(pack, received)
    return Knowledge(
        root_id=received.root_id,
        instance_id=instance.instance_id,
        form_version=received.form_version,
        applicant_key=key,
        author=fields.words("author"),
        title=fields.words("title"),
        solves=fields.words("solves"),
        place=fields.words("place"),
        recorded_on=dated.day(fields, "recorded_on", "วันที่บันทึกองค์ความรู้"),
        story=fields.paragraphs("story"),
        steps=_each(fields, "steps", "step"),
        assets=_each(fields, "assets", "asset"),
        core=_each(fields, "core_knowledge", "core"),
        strategies=_each(fields, "strategies", "strategy"),
        theories=_each(fields, "theories", "theory"),
        photos=tuple(
            (photo, row.words("photo_about")) for row in fields.rows("photos") if (photo := row.file("photo"))
        ),
        may_publish=fields.yes("may_publish"),
        officer_districts=received.officer_districts,
        conflict=received.conflict,
        doubted=dated.doubted,
        not_offered=received.not_offered,
    )


def _each(fields: Fields, repeat: str, name: str) -> tuple[str, ...]:
    return tuple(text for row in fields.rows(repeat) if (text := row.paragraphs(name)))
