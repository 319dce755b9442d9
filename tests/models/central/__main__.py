"""`python -m tests.models.central --submissions 2000`: the model in a process of its own, filled from a seed.

Log in as tests.models.central.app.EMAIL with PASSWORD.
"""

from tests.models.central.app import CentralModel
from tests.models.central.filling import add_empty_forms, fill
from tests.models.serving import options, stand

if __name__ == "__main__":
    given = options("A model of ODK Central on 127.0.0.1 until stdin ends; prints its URL.")
    model = CentralModel()
    fill(model, given.submissions, photos=given.photos, photo_bytes=given.photo_bytes, seed=given.seed)
    add_empty_forms(model)
    stand(model, given)
