"""`mochocho meeting`: the group that commands about meetings add themselves to."""

from mochocho.app.commands.help import group


@group("การประชุมของคณะกรรมการ และเอกสารของการประชุม")
def meeting() -> None:
    """A committee's meeting, and its papers."""
