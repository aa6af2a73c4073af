"""The process engine: a small asyncio supervisor which reads docker-compose.yml and starts its services as processes."""
