# syntax=docker/dockerfile:1

# --- Styles, scripts, fonts, icons --------------------------------------------------------------------------------
FROM node:22-slim AS assets
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund
COPY assets assets
RUN node assets/build.mjs

# --- Python packages ----------------------------------------------------------------------------------------------
FROM python:3.13-slim AS packages
WORKDIR /app
COPY requirements-uv.lock requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements-uv.lock \
    && uv venv /venv \
    && uv pip sync --python /venv/bin/python --require-hashes --no-cache --compile-bytecode requirements.lock

# --- What runs ----------------------------------------------------------------------------------------------------
FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=config.settings \
    TN_VAR_DIR=/var/lib/trong-ngay \
    TN_STATIC_DIR=/srv/static
RUN useradd --system --uid 10001 --home-dir /var/lib/trong-ngay --create-home trong-ngay
WORKDIR /app
COPY --from=packages /venv /venv
COPY accounts accounts
COPY cms cms
COPY config config
COPY core core
COPY data data
COPY deploy deploy
COPY investment investment
COPY issues issues
COPY locale locale
COPY search search
COPY templates templates
COPY manage.py LICENSE ./
COPY --from=assets /app/assets/dist assets/dist
# Collected once, at build time: every container of this image serves the same names. The key is for this step alone.
RUN python -c "from deploy.prepare import compile_messages; compile_messages()" \
    && SECRET_KEY=only-for-collecting-static-files-at-build TN_VAR_DIR=/tmp/build \
       python manage.py collectstatic --noinput -v0 \
    && rm -rf /tmp/build
USER trong-ngay
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
# The application itself reads what a proxy says about a visitor (TN_TRUSTED_PROXIES).
CMD ["uvicorn", "config.asgi:application", "--host", "0.0.0.0", "--port", "8000", "--ws", "websockets-sansio", \
     "--ws-per-message-deflate", "false", "--timeout-graceful-shutdown", "10", "--no-access-log", \
     "--no-server-header", "--no-proxy-headers", "--log-level", "warning"]
