"""What lies before a committee about each unit, and the workbooks in which its resolutions are written."""
