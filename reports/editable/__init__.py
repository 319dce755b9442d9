"""Letter-like papers as DOCX files that the office edits in Word. Pure: a paper in, the file's bytes out."""
