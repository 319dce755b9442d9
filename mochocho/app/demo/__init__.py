"""The sample province: invented applicants, drawn papers, and phones that send them to the endpoint."""
