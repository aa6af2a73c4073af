// @vitest-environment node
/** The head of a page: its colour is the one that the stylesheet gives the paper. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { asking } from "@dashboard/front/tests/asking.ts";
import type { LoaderFunctionArgs } from "react-router";
import { expect, test } from "vitest";
import { readRoot } from "./loader.server.ts";

const HERE = "http://localhost:8000/";
const TOKENS = readFileSync(join(import.meta.dirname, "../styles/tokens.css"), "utf8");

test.each(["public", "admin"] as const)("the frame around a page of front-%s has the colour of its paper", (front) => {
  const { session } = asking();
  const given = { context: { get: () => session }, request: new Request(HERE), url: new URL(HERE) };
  const { paper, description } = readRoot(front)(given as unknown as LoaderFunctionArgs);
  expect(TOKENS).toContain(`--paper: light-dark(${paper.light}, ${paper.dark});`);
  expect(description).not.toBe("");
});

test.each(["public", "admin"])("the pictures and files that a page of front-%s names are there", (front) => {
  const folder = join(import.meta.dirname, `../../../front-${front}/public`);
  const { icons } = JSON.parse(readFileSync(join(folder, "site.webmanifest"), "utf8")) as { icons: { src: string }[] };
  const named = ["/favicon.ico", "/icon.svg", "/apple-touch-icon.png", "/robots.txt", ...icons.map(({ src }) => src)];
  if (front === "public") named.push("/og.png");
  expect(named.filter((name) => !existsSync(join(folder, name)))).toEqual([]);
});
