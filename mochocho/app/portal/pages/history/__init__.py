"""ประวัติ: every decision, and who was given what to see; searched, and checked against their chains."""
