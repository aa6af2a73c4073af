import { expect, test } from "vitest";
import { type Toast, withToast } from "./toasts.ts";

const bundle = { name: "news", title: (count: number) => `${count} new`, link: "/news" };
const news = (id: string): Toast => ({ id, title: `Title ${id}`, bundle });

test("the same toast is shown once", () => {
  const toast = { id: "a", title: "A" };
  expect(withToast([toast], toast)).toEqual([toast]);
});

test("at most three are shown, the newest", () => {
  const toasts = ["a", "b", "c", "d"].reduce<Toast[]>((shown, id) => withToast(shown, { id, title: id }), []);
  expect(toasts.map(({ id }) => id)).toEqual(["b", "c", "d"]);
});

test("several of a bundle become one that names the newest of them", () => {
  const toasts = ["a", "b", "c", "d", "e"].reduce<Toast[]>((shown, id) => withToast(shown, news(id)), []);
  expect(toasts).toHaveLength(1);
  expect(toasts[0]).toMatchObject({ title: "5 new", link: "/news" });
  expect(toasts[0]?.body).toBe("Title e · Title d · Title c · and 2 more");
});

test("one alone keeps its own words", () => {
  expect(withToast([{ id: "x", title: "Other" }], news("a"))).toEqual([{ id: "x", title: "Other" }, news("a")]);
});
