"""What the portal's pages show, as values in the papers' own words; pure. Layout is the pages'."""
