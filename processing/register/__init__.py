"""The register: the mirror's submissions read as applicants and the forms about them."""
