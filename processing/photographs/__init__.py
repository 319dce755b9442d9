"""What a picture looks like: each check a function of one small grey copy. It rejects nothing. Pure."""
