"""A province's first step: a settings file that explains itself, in Thai and English."""

from importlib.resources import files
from pathlib import Path

from mochocho.config import FILE_NAME, Settings
from mochocho.errors import Terminal
from mochocho.files import claim, private_dir
from mochocho.places import Province

TEMPLATE = "settings_template.toml"


def settings_text(province: str) -> str:
    """The commented settings file for one province. Raises Terminal when the province is unknown."""
    template = files("mochocho.app").joinpath(TEMPLATE).read_text("utf-8")
    default = Settings.model_fields["province"].default
    return template.replace(f'province = "{default}"', f'province = "{Province.named(province).name_th}"')


def write_settings(folder: Path, province: str) -> Path:
    """Write `mochocho.toml` into `folder` and return its path. Raises Terminal rather than overwrite one."""
    target = folder / FILE_NAME
    text = settings_text(province).encode()
    private_dir(folder)
    if target.exists() or claim(target, text) != text:
        raise Terminal(f"{target} is already there and stays as it is; edit it, or name another folder")
    return target
