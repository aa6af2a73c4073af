# The mail catcher of a developer's stack; its packages are locked beside this file.
FROM node:24-slim
WORKDIR /app
ENV npm_config_fund=false npm_config_audit=false npm_config_update_notifier=false HOME=/tmp PATH=/app/node_modules/.bin:$PATH
COPY --chmod=644 deploy/images/mail/package.json deploy/images/mail/package-lock.json ./
RUN npm ci --omit=dev
COPY deploy/images/mail/own-pages-only.mjs ./
ENV NODE_OPTIONS="--import=file:///app/own-pages-only.mjs"
COPY deploy/images/healthcheck.mjs /usr/local/bin/healthcheck
RUN chmod 755 /usr/local/bin/healthcheck
USER node
CMD ["maildev"]
