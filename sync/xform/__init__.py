"""Reading filled forms: their XML with limits, by the published form they were filled in with."""
