"""The command line, a few commands a file; thin words over the library."""
