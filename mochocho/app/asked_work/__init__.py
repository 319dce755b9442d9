"""Work of minutes that somebody asks for in the portal, done by a process of its own."""
