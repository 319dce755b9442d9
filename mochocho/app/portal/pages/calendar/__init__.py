"""ปฏิทิน: how each district stands to the days of the year, and the letter that reminds one."""
