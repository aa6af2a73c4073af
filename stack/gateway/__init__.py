"""Renders `back-gateway/kong.yml` to nginx where there is no Kong, and refuses by name what it cannot render."""
