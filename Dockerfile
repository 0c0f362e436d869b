# One image for web, worker and beat; docker-compose.yml says which of them a container is.
FROM python:3.11-slim

# WeasyPrint draws PDFs with Pango; the fonts are our own.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

RUN useradd --system --uid 10001 --create-home --home-dir /srv/chuan --shell /usr/sbin/nologin chuan
WORKDIR /srv/chuan/app

COPY requirements-server.lock ./
RUN pip install --no-cache-dir --require-hashes --requirement requirements-server.lock

COPY . .

ENV DJANGO_SETTINGS_MODULE=config.settings.production \
    DATA_DIR=/srv/chuan/data \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1

# Texts and static files belong to the image; uploaded files lie in a volume. No database is asked for either.
RUN python -m compileall -q . \
    && export SECRET_KEY=only-for-building-this-image-and-never-afterwards DATABASE_URL=postgres:///unused \
    && python manage.py texts --compile \
    && python manage.py collectstatic --noinput \
    && mkdir -p /srv/chuan/data/files /srv/chuan/data/cache \
    && chown -R chuan:chuan /srv/chuan/data

USER chuan
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", "--worker-class", "gthread", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--access-logfile", "-"]
