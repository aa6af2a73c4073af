import { useFetcher } from "react-router";
import { PAGE } from "./news.ts";

/** Marks what somebody opens as read, while the page that it leads to is on its way. */
export function useRead(): (id: string) => void {
  const { submit } = useFetcher();
  return (id) => {
    const form = [
      ["intent", "read"],
      ["id", id],
      ["then", "stay"],
    ];
    submit(new URLSearchParams(form), { method: "post", action: PAGE });
  };
}
