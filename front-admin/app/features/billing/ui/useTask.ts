import type { Task, TaskState } from "@dashboard/front/api/types.ts";
import { useLive } from "@dashboard/front/live/store.ts";
import { useEffect, useEffectEvent } from "react";
import { useFetcher, useRevalidator } from "react-router";
import type { loader } from "../routes/task.ts";

const POLL_MILLISECONDS = { live: 5_000, otherwise: 1_000 };

export const isOver = (state: TaskState): boolean => state === "succeeded" || state === "failed";

/** The state of a running task: live when the connection is, polled as a fall-back; the page reloads at its end. */
export function useTask(id: string): Task | null {
  const live = useLive(({ tasks }) => tasks[id]);
  const isLive = useLive(({ status }) => status === "live");
  const fetcher = useFetcher<typeof loader>();
  const { revalidate } = useRevalidator();
  const polled = fetcher.data?.task.ok ? fetcher.data.task.data : undefined;
  const task = live && polled ? (live.updated_at > polled.updated_at ? live : polled) : (live ?? polled ?? null);
  const poll = useEffectEvent(() => {
    if (fetcher.state === "idle") fetcher.load(`/billing/tasks/${id}`);
  });
  const over = task !== null && isOver(task.state);
  useEffect(() => {
    if (over) revalidate();
    else {
      const timer = setInterval(() => poll(), isLive ? POLL_MILLISECONDS.live : POLL_MILLISECONDS.otherwise);
      return () => clearInterval(timer);
    }
  }, [over, isLive, revalidate]);
  return task;
}
