"""ตรวจเอกสาร: the queue of documents that wait for a person, judged one after the other."""
