"""A form about an applicant from its first screen on, as if the code on the paper were scanned. Pure."""

from lxml import etree

from sync.xform.binds import at, model_of, read_form

SCANNED = "scan"  # the question of every form that chooses an applicant (xlsforms/forms/parts)


def about(xform: bytes, applicant: str) -> bytes:
    """The XForm with this applicant's key as what was scanned; unchanged where it does not ask."""
    root = read_form(xform)
    instance = next(at(model_of(root), ("instance",)))
    asked = next(iter(at(instance[0], (SCANNED,))), None)
    if asked is None:
        return xform
    asked.text = applicant
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)
