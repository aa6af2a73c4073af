"""The collector: takes the spans that every service of this machine writes into files to where they can be looked at."""
