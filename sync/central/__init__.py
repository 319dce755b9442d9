"""ODK Central: its submissions as a source, its forms, lists and app users as a target."""
