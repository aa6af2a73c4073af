"""The internal HTTP interface; bodies are `shared.models`."""
