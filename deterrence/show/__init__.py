"""Text and HTML for the values of the library; computes no results."""
