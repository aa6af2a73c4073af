# The gateway for hosts without Kong's image: kong.yml rendered to nginx when the container starts.
FROM python:3.13-slim AS packages
COPY stack/setup/uv-requirements.txt /tmp/uv-requirements.txt
RUN python -m venv /opt/uv && /opt/uv/bin/pip install --no-cache-dir --require-hashes -r /tmp/uv-requirements.txt
ENV UV_PROJECT_ENVIRONMENT=/opt/venv UV_PYTHON_DOWNLOADS=never UV_COMPILE_BYTECODE=1 UV_NO_CACHE=1 UV_LINK_MODE=copy
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN /opt/uv/bin/uv sync --frozen --only-group gateway --no-install-project --python "$(command -v python3)"

# The clone's files, readable for the gateway's user however umask has left them.
FROM python:3.13-slim AS sources
WORKDIR /app
COPY stack stack
COPY back-gateway back-gateway
RUN chmod -R a+rX .

FROM python:3.13-slim
RUN groupadd --gid 10001 app && useradd --uid 10001 --gid app --no-create-home --shell /usr/sbin/nologin app
ENV PATH=/opt/venv/bin:$PATH PYTHONPATH=/app PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HOME=/tmp STACK_DIR=/tmp/stack
WORKDIR /app
COPY deploy/images/healthcheck.py /usr/local/bin/healthcheck
RUN chmod 755 /usr/local/bin/healthcheck
COPY --from=packages /opt/venv /opt/venv
COPY --from=sources /app ./
USER 10001:10001
CMD ["python", "-m", "stack.gateway", "run"]
