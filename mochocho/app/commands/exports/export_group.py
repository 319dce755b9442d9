"""`mochocho export`: the group that commands add themselves to which write what leaves the home."""

from mochocho.app.commands.help import group


@group("ไฟล์ให้ผู้ที่ไม่มีโปรแกรมนี้: ทะเบียนและสถิติ ZIP และแผ่นซีดี")
def export() -> None:
    """Files for people who have no mochocho: registers, one ZIP, a CD."""
