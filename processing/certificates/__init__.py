"""Certificates: their numbers, given once; the code on each, checked without asking anybody; their ends."""
