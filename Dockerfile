# The one image of every mochocho process: `docker compose build` makes it, docker-compose.yml says what each runs.
# Every package is checked against the hashes of requirements.lock; what only developers need is left out.
ARG PYTHON=3.13-slim
ARG NODE=22-slim

# ODK Web Forms, for forms in a browser: what its lock names, checked against the lock's hashes; npm runs nothing of it.
FROM node:${NODE} AS web-forms
WORKDIR /web-forms
COPY mochocho/app/web_forms/package.json mochocho/app/web_forms/package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund --loglevel error

FROM python:${PYTHON} AS build
RUN pip install --no-cache-dir --root-user-action=ignore uv==0.13.8
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_NO_CACHE=1 UV_PYTHON_DOWNLOADS=never
WORKDIR /src
COPY pyproject.toml requirements.lock ./
# --no-build: wheels alone, so that no package runs code of its own here.
RUN uv venv /opt/mochocho \
 && uv pip install --python /opt/mochocho --no-build --require-hashes -r pyproject.toml --extra workers -c requirements.lock \
 && uv venv /opt/build \
 && uv pip install --python /opt/build --no-build hatchling -c requirements.lock
COPY . .
RUN uv build --wheel --no-build-isolation --python /opt/build --out-dir /dist \
 && uv pip install --python /opt/mochocho --no-deps /dist/*.whl
COPY --from=web-forms /web-forms /web-forms
RUN /opt/mochocho/bin/python -m mochocho.app.web_forms.install /web-forms /opt/mochocho/webforms \
 && chmod -R a+rX /opt/mochocho/webforms

FROM python:${PYTHON}
COPY --from=build /opt/mochocho /opt/mochocho
COPY deploy/health.py /opt/mochocho/health.py
ENV PATH=/opt/mochocho/bin:$PATH HOME=/tmp LANG=C.UTF-8 PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 MOCHOCHO_CONTAINER=1
# Whoever runs it says as whom; never as root without saying so.
USER 10001:10001
ENTRYPOINT ["mochocho"]
CMD ["--help"]
