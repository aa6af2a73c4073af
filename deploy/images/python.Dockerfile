# One file for all Python services. `--target shared` is their base: packages that all need, and `shared/` itself; a
# service adds its own packages and its folder. Layers are cached by uv.lock, so that a change of code copies files only.
FROM python:3.13-slim AS uv
COPY stack/setup/uv-requirements.txt /tmp/uv-requirements.txt
RUN python -m venv /opt/uv && /opt/uv/bin/pip install --no-cache-dir --require-hashes -r /tmp/uv-requirements.txt
ENV UV_PROJECT_ENVIRONMENT=/opt/venv UV_PYTHON_DOWNLOADS=never UV_COMPILE_BYTECODE=1 UV_NO_CACHE=1 UV_LINK_MODE=copy
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN /opt/uv/bin/uv sync --frozen --no-default-groups --no-install-project --python "$(command -v python3)"

FROM uv AS service-packages
ARG SERVICE
RUN if grep -q "^$SERVICE = " pyproject.toml; then \
      /opt/uv/bin/uv sync --frozen --no-default-groups --group "$SERVICE" --no-install-project; \
    fi

FROM python:3.13-slim AS runtime
RUN groupadd --gid 10001 app && useradd --uid 10001 --gid app --no-create-home --shell /usr/sbin/nologin app
ENV PATH=/opt/venv/bin:$PATH PYTHONPATH=/app PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HOME=/tmp
WORKDIR /app
COPY deploy/images/healthcheck.py /usr/local/bin/healthcheck
RUN chmod 755 /usr/local/bin/healthcheck && ln -s back-redis back_redis
USER 10001:10001

# The clone's files, readable for the services' user however umask has left them.
FROM python:3.13-slim AS sources
ARG SERVICE=shared
WORKDIR /app
COPY stack/__init__.py stack/secrets.py stack/
COPY shared shared
COPY back-redis back-redis
COPY $SERVICE $SERVICE
RUN chmod -R a+rX .

FROM runtime AS shared
COPY --from=uv /opt/venv /opt/venv
COPY --from=sources /app/stack stack
COPY --from=sources /app/shared shared
CMD ["python", "-m", "shared.contracts.check"]

FROM runtime AS service
ARG SERVICE
COPY --from=service-packages /opt/venv /opt/venv
COPY --from=sources /app/shared shared
COPY --from=sources /app/back-redis back-redis
COPY --from=sources /app/$SERVICE $SERVICE
