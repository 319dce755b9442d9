"""What papers say in the office's own words: files of YAML that ship with mochocho, or the office's own."""

CERTIFICATE = "certificate.yaml"
RESULTS_LETTERS = "results-letters.yaml"
FILES = (CERTIFICATE, RESULTS_LETTERS)
