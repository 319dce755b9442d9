"""Where every applicant stands, at a glance: kept beside each assessment, counted and searched by pages."""
