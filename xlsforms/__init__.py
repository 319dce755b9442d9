"""Standards become XLSForms, XLSForms become XForms."""
