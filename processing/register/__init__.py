"""The register: what the mirror holds, as applicants and the forms about them."""
