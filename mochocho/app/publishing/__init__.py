"""The forms of a cycle and who may fill them: built, written, put on servers, shown as codes."""
