"""`mochocho export`: the group that commands add themselves to which write what leaves the home."""

import click

from mochocho.app.commands.help import group, option

OfRelease = option(
    "--release",
    "number",
    type=click.IntRange(min=1),
    th="ชุดที่ออกแล้วชุดที่เท่าไร แทนสิ่งที่เป็นอยู่ตอนนี้",
    en="A released packet by its number, instead of what stands now.",
)


@group("ไฟล์ให้ผู้ที่ไม่มีโปรแกรมนี้: ทะเบียนและสถิติ ZIP และแผ่นซีดี")
def export() -> None:
    """Files for people who have no mochocho: registers, one ZIP, a CD."""
