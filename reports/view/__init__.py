"""View models: cases as a reader sees them.

Pure; all sorting, counting and wording of papers is done here.
"""
