"""How everything runs on one machine: bootstrap, secrets, process runner, gateway renderer, the engines of `make up`."""
