"""Writing fetched roots as rows: simple ones in bulk, the others one by one."""
