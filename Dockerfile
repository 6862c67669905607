# The package is built and packed in one stage; the image holds the package alone.
FROM node:24-slim AS build
WORKDIR /source
COPY . .
RUN npm ci && npm pack --pack-destination /tmp

FROM node:24-slim
COPY --from=build /tmp/zaobao-archiver-*.tgz /tmp/zaobao-archiver.tgz
RUN npm install --global --no-audit --no-fund /tmp/zaobao-archiver.tgz && npm cache clean --force
USER node
WORKDIR /news
ENTRYPOINT ["zaobao-archiver"]
CMD ["fetch"]
