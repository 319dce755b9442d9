"""The words of the domain and of Thai offices: values and rules that need no file and no database."""
