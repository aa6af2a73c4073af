# One file for both fronts: the build needs all npm packages, the server that comes out of it needs none.
FROM node:24-slim AS packages
WORKDIR /app
ENV npm_config_fund=false npm_config_audit=false npm_config_update_notifier=false
COPY package.json package-lock.json .npmrc ./
COPY shared/front/package.json shared/front/
COPY front-public/package.json front-public/
COPY front-admin/package.json front-admin/
RUN npm ci

FROM packages AS build
ARG SERVICE
COPY tsconfig*.json ./
COPY shared/front shared/front
COPY $SERVICE $SERVICE
COPY deploy/images/typescript.mjs ./
RUN NODE_OPTIONS="--import=/app/typescript.mjs" npm run build --workspace "$SERVICE" \
 && npx --no-install rolldown shared/front/server/serve.ts --platform node --format esm --file serve.mjs \
 && chmod a+r "$SERVICE/package.json" "$SERVICE/VERSION"

FROM node:24-slim
ARG SERVICE
ENV NODE_ENV=production SERVICE=$SERVICE HOME=/tmp
WORKDIR /app
COPY deploy/images/healthcheck.mjs /usr/local/bin/healthcheck
RUN chmod 755 /usr/local/bin/healthcheck
COPY --chmod=644 package.json ./
COPY --from=build /app/serve.mjs ./
COPY --from=build /app/$SERVICE/package.json /app/$SERVICE/VERSION $SERVICE/
COPY --from=build /app/$SERVICE/build $SERVICE/build
USER 10001:10001
CMD ["sh", "-c", "exec node serve.mjs $SERVICE"]
