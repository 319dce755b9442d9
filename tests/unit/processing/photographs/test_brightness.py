"""Pages too dark or too bright to read, measured as a file is; a person is asked and no page is refused."""

import io

import pytest
from PIL import Image, ImageDraw

from mochocho.app.demo.drawings import Studio
from mochocho.words.model import Doubtful
from processing.decoding.one_file import measure

STUDIO = Studio()


def looks(content: bytes) -> list[Doubtful]:
    found = measure("s", content)
    assert found.problem == ""
    return [one.kind for one in found.suspicions]


def page(paper: int, ink: int, kind: str = "JPEG") -> bytes:
    """Lines of strokes on even paper."""
    picture = Image.new("L", (1500, 2000), paper)
    draw = ImageDraw.Draw(picture)
    for top in range(200, 1800, 60):
        for left in range(150, 1300, 24):
            draw.rectangle((left, top, left + 9, top + 28), fill=ink)
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("paper", "ink", "expected"),
    [
        (255, 0, []),
        (230, 70, []),
        (130, 30, []),
        (255, 120, []),
        (60, 10, [Doubtful.DARK]),
        (25, 0, [Doubtful.DARK]),
        (0, 0, [Doubtful.DARK]),  # the lens was covered
        (255, 200, [Doubtful.BRIGHT]),
        (250, 225, [Doubtful.BRIGHT, Doubtful.BLANK]),  # so faint that it may be either
    ],
)
def test_dark_and_bright(paper: int, ink: int, expected: list[Doubtful], kind: str) -> None:
    assert looks(page(paper, ink, kind)) == expected


def test_the_number_is_beyond_the_threshold_that_is_told() -> None:
    (dark,) = measure("s", page(60, 10)).suspicions
    assert 55 <= dark.number <= 65 < dark.threshold
    (bright,) = measure("s", page(255, 200)).suspicions
    assert bright.threshold < 180 <= bright.number <= 210


def test_the_demo_raises_no_suspicion() -> None:
    made = [STUDIO.scan("สำเนาทะเบียนบ้าน", ("นายสมมติ ทดสอบ", "บ้านเลขที่ ๑"), str(n)) for n in range(12)]
    made += [STUDIO.portrait(n % 2 == 0, str(n)) for n in range(12)]
    made += [STUDIO.scene("เวทีประชาคม", str(n)) for n in range(6)]
    made += [STUDIO.signature(str(n)) for n in range(6)]
    assert [looks(content) for content in made] == [[]] * len(made)
