"""Whoever can read the mail to an address proves that it is theirs."""
