"""The trace collector: reads the spans that every service of this machine writes to files, and stores them in back-cassandra."""
