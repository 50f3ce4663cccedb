"""Keeps pytest from importing the scripts of engines that are installed in environments of their own."""

collect_ignore_glob = ["of_*.py"]
