# web、worker、beat 共用这一个镜像；图表组件由构建机先运行 ./run setup 取得（没有也能构建）
FROM python:3.12-slim
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 TZ=Asia/Shanghai LUOSHI_DEMO=0 VAR_DIR=/app/var
RUN groupadd --gid 10001 luoshi && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin luoshi
WORKDIR /app
COPY requirements.txt .
RUN pip install --disable-pip-version-check -r requirements.txt
COPY --chown=10001:10001 . .
RUN install -d -o 10001 -g 10001 -m 0700 var
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--access-logfile", "-"]
