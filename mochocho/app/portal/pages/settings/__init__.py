"""What stands in mochocho.toml, shown and changed by the same checks; the year's criteria, taken in."""
