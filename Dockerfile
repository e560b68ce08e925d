FROM python:3.11-slim-bookworm

# WeasyPrint draws with these; the rest of the image is Python.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b \
        libharfbuzz-subset0 fontconfig fonts-liberation \
    && rm -rf /var/lib/apt/lists/*

# 101 is nginx' own number in its image: private files are readable for their owner only, and
# nginx sends them after Django has asked for the permission.
RUN useradd --uid 101 --create-home --shell /usr/sbin/nologin portal \
    && install -d -o portal /data

WORKDIR /portal
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY . .

ENV DATA_DIR=/data BIND=0.0.0.0:8000 PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=imbportal.settings
USER portal
EXPOSE 8000
CMD ["deploy/run", "web"]
