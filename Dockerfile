# Grandlivre in a container. Not tried with Docker: docs/operations.md says what was tried.
FROM node:26-trixie-slim

ENV NODE_ENV=production
WORKDIR /opt/grandlivre

# What npm installs changes less often than the program; cli/setup runs behind it.
COPY package.json package-lock.json .npmrc ./
COPY cli/setup cli/setup
RUN npm ci --omit=dev

COPY . .
RUN npm run screens:build

# The master key of the vault is kept here: mount a volume, and back it up.
RUN install --directory --owner=node --group=node --mode=0700 /var/lib/grandlivre
ENV GRANDLIVRE_HOME=/var/lib/grandlivre
VOLUME /var/lib/grandlivre

USER node
EXPOSE 4680
ENTRYPOINT ["node", "--max-semi-space-size=16", "--heap-growing-percent=50", "cli/grandlivre.ts"]
CMD ["start"]
