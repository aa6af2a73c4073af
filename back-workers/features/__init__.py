"""The features of back-workers, each in a folder named after its contract."""
