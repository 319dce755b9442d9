"""`python -m tests.models.kobo --submissions 2000`: the model in a process of its own, filled from a seed.

The token is tests.models.kobo.operations.TOKEN.
"""

from tests.models.kobo.app import KoboModel
from tests.models.kobo.filling import add_empty_forms, fill
from tests.models.serving import options, stand

if __name__ == "__main__":
    given = options("A model of KoboToolbox on 127.0.0.1 until stdin ends; prints its URL.")
    model = KoboModel()
    fill(model, given.submissions, photos=given.photos, photo_bytes=given.photo_bytes, seed=given.seed)
    add_empty_forms(model)
    stand(model, given)
