"""How we speak HTTP with other people's servers; knows no server."""
