"""Alembic's scripts, shipped in the package and run by `mochocho.app.migrations.migrate`."""
