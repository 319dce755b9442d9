"""What people and committees decide: typed or from a clerk's file, recorded in one chain, never computed."""
