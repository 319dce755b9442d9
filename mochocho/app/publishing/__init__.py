"""Publishing a cycle's forms, and the officers who fill them in: building, servers, QR codes."""
