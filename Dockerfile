# docker build -t deltaflow . && docker run --rm -p 8050:8050 deltaflow
FROM python:3.13-slim
WORKDIR /deltaflow
COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY app.py serve.py ./
COPY engine engine
COPY components components
COPY assets assets
COPY messages messages
COPY examples examples
COPY lessons lessons
USER nobody
ENV HOST=0.0.0.0 PORT=8050 XDG_CACHE_HOME=/tmp PYTHONDONTWRITEBYTECODE=1
EXPOSE 8050
CMD ["python", "serve.py"]
