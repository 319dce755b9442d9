"""Alembic's scripts; they ship in the package and are run by `mochocho.app.migrations.migrate`."""
