"""People's files, one at a time: a picture drawn anew, anything else to be kept on the desk."""
