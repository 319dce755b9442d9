"""The sample province: invented applicants, drawn papers, phones that send them through the endpoint."""
