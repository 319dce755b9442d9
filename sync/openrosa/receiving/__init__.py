"""Storing one post: parts, files, receipt; 201 only after all of it is durable."""
