"""The disk under the home, as the doctor looks at it."""
