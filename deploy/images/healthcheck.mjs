#!/usr/bin/env node
// `healthcheck URL`: 0 when a GET is answered with 2xx or 3xx.
import { get } from "node:http";

const request = get(process.argv[2], { timeout: 3000 }, (answer) => process.exit(answer.statusCode < 400 ? 0 : 1));
request.on("timeout", () => process.exit(1));
request.on("error", () => process.exit(1));
