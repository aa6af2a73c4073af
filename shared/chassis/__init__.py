"""The microservice chassis: the base of every Python service. It contains no business rules."""
