"""What runs beside this process, as the doctor looks at it: workers and their Redis, a log server."""
