"""What committees resolve: typed or from a clerk's file, recorded, never computed."""
