"""ภาพรวม: where everybody stands, what waits for this person, deadlines, the age of the data."""
