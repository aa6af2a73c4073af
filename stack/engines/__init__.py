"""The two ways to run docker-compose.yml: containers, or processes on this machine."""
