"""The rules of the academy: plain Python and numpy, no clock, no files, no global randomness."""
