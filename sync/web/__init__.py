"""HTTP with other people's servers; nothing here depends on which server it is."""
