"""Whether a picture is a person's and no paper: nothing on it runs in lines of words. Pure."""

from processing.photographs.page import Page

# Points of half the reduced copy that are in words. A form, a list or a letter has 800 and more, an ID card
# 4,000; a face before a wall none, a drawn one up to 150 of hair and seams. A lone signature on a sheet has
# as few as a face: a copy shows no picture for this alone, only one that was sent as a portrait.
WORDS = 400
LEAST_SIDE = 100  # points: what is smaller shows no line of text to find


def is_unwritten(page: Page) -> bool:
    """Whether no words are found on it; False where it is too small to tell."""
    return min(page.grey.shape) >= LEAST_SIDE and sum(page.words) < WORDS
