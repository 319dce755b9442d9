"""Installing the programs with which a browser fills forms, and making links to them."""
