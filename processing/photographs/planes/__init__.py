"""Grey copies and masks as whole arrays, and what checks do to them. Pure."""
