"""The papers after a meeting: minutes, announcement, certificates, letters with results, statistics."""
