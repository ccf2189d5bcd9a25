"""One solution concept a file: free functions from a game to an atlas."""
