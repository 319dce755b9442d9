"""A form that came back: where it says what is wrong."""

import re
from html import unescape

from werkzeug.test import TestResponse


def refused_at(answer: TestResponse, *fields: str) -> str:
    """Its page. The summary takes the focus and leads to just these fields; each names its sentence."""
    page = answer.text
    assert answer.status_code in (400, 403, 422), page
    summary = re.search(r'<div class="alert bad"[^>]* role="alert" autofocus.*?</div>', page, re.DOTALL)
    assert summary, page
    assert re.findall(r'<a href="#([^"]+)">', summary[0]) == list(fields), summary[0]
    assert page.count("autofocus") == 1
    for field in fields:
        (tag,) = re.findall(rf'<[^>]* id="{re.escape(field)}"[^>]*>', page)
        assert re.search(rf'aria-describedby="[^"]*{re.escape(field)}-wrong', tag), tag
        assert tag.startswith("<fieldset") or 'aria-invalid="true"' in tag, tag
        (said,) = re.findall(rf'id="{re.escape(field)}-wrong"[^>]*>([^<]+)<', page)
        assert said in summary[0]
    return unescape(page)
