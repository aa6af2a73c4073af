"""Real servers out of PyPI, npm and Maven packages: each module prepares its data folder, then becomes the server."""
