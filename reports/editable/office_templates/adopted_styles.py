"""Our styles in an office's file: its own of the same name, ours where it has none."""

from lxml import etree

from reports.editable.markup import qualified
from reports.editable.office_styles import styles_part
from reports.editable.typeface import Typeface

_STYLE, _NAME, _VAL, _ID = (qualified(f"w:{name}") for name in ("style", "name", "val", "styleId"))
_DEFAULT = qualified("w:default")
_NAMED = tuple(qualified(f"w:{name}") for name in ("pStyle", "tblStyle", "basedOn"))


class Adopted:
    """The styles of one file, to which ours are added as they are needed."""

    def __init__(self, theirs: etree._Element, typeface: Typeface) -> None:
        self._theirs = theirs
        self._ids = {_name(style): str(style.get(_ID)) for style in theirs.iter(_STYLE)}
        self._ours = {str(style.get(_ID)): style for style in styles_part(typeface).iter(_STYLE)}

    def adopt(self, content: etree._Element) -> etree._Element:
        """Our paragraph or table, with the file's own ids of its styles. Returns it."""
        for one in content.iter(*_NAMED):
            one.set(_VAL, self._id_of(str(one.get(_VAL))))
        return content

    def _id_of(self, ours: str) -> str:
        """The file's id of a style of ours; Word in Thai calls even `Normal` by another."""
        style = self._ours[ours]
        name = _name(style)
        if name not in self._ids:
            self._ids[name] = ours
            style.attrib.pop(_DEFAULT, "")
            self._theirs.append(self.adopt(style))
        return self._ids[name]


def _name(style: etree._Element) -> str:
    name = style.find(_NAME)
    return str(name.get(_VAL)) if name is not None else ""
