"""Reading an instance of a form as values of the domain model. Pure; fields are found by local name.

A missing field is tolerated and becomes a finding later; an invalid value never becomes a zero.
"""

READ_VERSION = 12  # raise it when the same XML is read as something else
