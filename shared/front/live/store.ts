/** What arrived over the live connection of this tab. What the server stores is read again from there. */
import { create } from "zustand";
import type { Task } from "../api/types.ts";

export type LiveStatus = "idle" | "connecting" | "live" | "reconnecting" | "offline" | "off";

interface Live {
  status: LiveStatus;
  /** When `status` became what it is, in milliseconds since 1970. */
  since: number;
  /** Progress of background work, by task id. */
  tasks: Record<string, Task>;
  setStatus(status: LiveStatus): void;
  setTask(task: Task): void;
}

export const useLive = create<Live>((set) => ({
  status: "idle",
  since: 0,
  tasks: {},
  setStatus: (status) => set((live) => (live.status === status ? live : { status, since: Date.now() })),
  setTask: (task) => set(({ tasks }) => ({ tasks: { ...tasks, [task.id]: task } })),
}));
