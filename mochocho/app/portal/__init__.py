"""The portal: where provincial and district staff work, in a browser (docs/architecture.md, "The portal")."""
