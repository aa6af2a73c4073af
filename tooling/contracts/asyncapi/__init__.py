"""AsyncAPI 3.0 documents, one a service: what it sends and receives beside HTTP, out of manifests, models and boundaries.yaml.

`declared` reads the manifests, `messages`, `channels` and `operations` make the parts, `document` puts those of one
service together, `committed` keeps `shared/contracts/asyncapi` in step. Redis has no bindings in AsyncAPI, so what a
reader must know of a stream stands in `x-redis`.
"""
