"""Commands of the command line in modules of their own: each parses, calls the library and prints."""
