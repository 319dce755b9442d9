"""What papers say in the office's own words: files of YAML that ship with mochocho, or the office's own."""

CERTIFICATE = "certificate.yaml"
RESULTS_LETTERS = "results-letters.yaml"
REVOCATION = "revocation.yaml"
FILES = (CERTIFICATE, RESULTS_LETTERS, REVOCATION)
