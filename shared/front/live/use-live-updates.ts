import { useEffect, useEffectEvent } from "react";
import { useRevalidator } from "react-router";
import type { LiveMessage } from "../api/types.ts";
import type { LiveConnection, LiveOptions } from "./connection.ts";
import { useLive } from "./store.ts";
import { subscribeToTabs } from "./tabs.ts";

const COLLECT_MILLISECONDS = 120;
const LOAD_AGAIN_MILLISECONDS = 5_000;

interface LiveUpdates {
  url: string;
  lastId: string | null;
  onMessage(message: LiveMessage): void;
}

/**
 * Keeps this tab connected while it is mounted, and reads the page's data again after news (several at once: once), and
 * after what other tabs did.
 */
export function useLiveUpdates({ url, lastId, onMessage }: LiveUpdates): void {
  const { revalidate } = useRevalidator();
  const refresh = useEffectEvent(() => revalidate());
  const receive = useEffectEvent(onMessage);
  const known = useEffectEvent(() => lastId);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(() => refresh(), COLLECT_MILLISECONDS);
    };
    const { setStatus, setTask } = useLive.getState();
    const close = open({
      url: new URL(url, location.href).href.replace(/^http/, "ws"),
      lastId: known(),
      onStatus: setStatus,
      onRefused: soon,
      onMessage: (message) => {
        if (message.type === "task.progress") setTask(message.data);
        if (message.type !== "task.progress" || message.data.state !== "running") soon();
        receive(message);
      },
    });
    const endHearing = subscribeToTabs(({ type }) => type !== "shown" && soon());
    return () => {
      clearTimeout(timer);
      endHearing();
      close();
    };
  }, [url]);
}

/** The page is there before the code that connects it. The result closes the connection, whether it is open or still to come. */
function open(options: LiveOptions): () => void {
  let connection: LiveConnection | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const load = () =>
    import("./connection.ts").then(
      ({ LiveConnection }) => {
        if (isOver) return;
        connection = new LiveConnection(options);
        connection.start();
      },
      () => {
        if (isOver) return;
        options.onStatus("reconnecting");
        timer = setTimeout(load, LOAD_AGAIN_MILLISECONDS);
      },
    );
  void load();
  return () => {
    isOver = true;
    clearTimeout(timer);
    connection?.stop();
  };
}
