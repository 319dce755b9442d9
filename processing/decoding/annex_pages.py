"""The pages of an office's own PDF as a PDF without scripts, links, forms and attached files. Pure."""

import io

import pikepdf

from processing.decoding import jobs, pdfs
from processing.decoding.problem import Problem

# What acts, or leads out of a page; comments and filled-in fields are drawn onto it first.
_ACTIVE = (
    "/AA",
    "/Annots",
    "/B",
    "/Metadata",
    "/PieceInfo",
    "/StructParents",
    "/Tabs",
    "/Trans",
    "/PresSteps",
)


def pages_only(content: bytes, size: int) -> tuple[bytes, int]:
    """The PDF of the pages, and how many they are; the same file gives the same bytes. `size`: of the whole
    file. Raises Problem: too_large, encrypted, damaged; too_many_pages, also for none.
    """
    if size > jobs.ANNEX_BYTES:
        raise Problem("too_large")
    pikepdf.settings.set_qpdf_limits(flate_max_memory=pdfs.MAX_STREAM)
    try:
        with pikepdf.open(io.BytesIO(content)) as given, pikepdf.new() as made:
            if given.is_encrypted:
                raise Problem("encrypted")
            count = len(given.pages)
            if not 1 <= count <= jobs.ANNEX_PAGES:
                raise Problem("too_many_pages")
            given.flatten_annotations("print")
            made.pages.extend(given.pages)
            for page in made.pages:
                for name in _ACTIVE:
                    if name in page.obj:
                        del page.obj[name]
            out = io.BytesIO()
            made.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
            return out.getvalue(), count
    except pikepdf.PasswordError:
        raise Problem("encrypted") from None
    except pdfs.BROKEN:
        raise Problem("damaged") from None
