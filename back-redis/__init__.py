# ruff: noqa: N999 - imported as `back_redis`, by a link beside the folder
"""The typed client of back-redis, for the services that `boundaries.yaml` admits.

Each module owns one use of Redis with its key names: `cache`, `idempotency`, `pubsub`, `rate_limits`, `revocations`,
`sessions`, `streams`. All of them work on one `connection.RedisConnection` a process, and raise the errors of
`shared.utils.errors` only.
"""
