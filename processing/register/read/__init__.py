"""An instance of a form as the words of the domain. Pure; fields are found by their local names.

A field that is not there is tolerated and becomes a finding later; a value that cannot be what is due never
becomes a zero.
"""

READ_VERSION = 9  # raise it when the same XML comes to mean something else
