"""One post on its way to the disk: parts, files, receipt; 201 only after all of it is durable."""
