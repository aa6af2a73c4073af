/** Lets requests wait for the network: the page that sent them stays as it is, with all that was typed. */
import { type Attempt, attempts, count } from "./waiting-requests.ts";

const FIRST_WAIT = 2_000;
const LAST_WAIT = 20_000;

function onReturn(): void {
  for (const attempt of [...attempts]) if (attempt.isAutomatic) attempt.retry();
}

type Fetch = typeof globalThis.fetch;

/**
 * `fetch` that does not fail when the network does. Reads are repeated by themselves, at growing intervals. A change may have
 * reached the server although no answer came: it is only repeated by itself when the browser was offline, so that it never left.
 */
export function withRetry(fetch: Fetch): Fetch {
  return async (input, init) => {
    for (let failures = 1; ; failures += 1) {
      try {
        return await fetch(input, init);
      } catch (error) {
        if (!isNetworkFailure(error) || !isOurs(input)) throw error;
        const isRead = (init?.method ?? "GET") === "GET";
        await nextAttempt(isRead, failures, init?.signal ?? undefined);
      }
    }
  };
}

/** Retries all requests of this page; the result ends it. */
export function retryRequests(): () => void {
  const original = globalThis.fetch;
  globalThis.fetch = withRetry(original.bind(globalThis));
  addEventListener("online", onReturn);
  return () => {
    globalThis.fetch = original;
    removeEventListener("online", onReturn);
  };
}

export const isNetworkFailure = (error: unknown): boolean =>
  error instanceof TypeError && /fetch|network|load failed/i.test(error.message);

const isOurs = (input: RequestInfo | URL): boolean => {
  const url = input instanceof Request ? input.url : String(input);
  return new URL(url, location.href).origin === location.origin;
};

/** Resolves when the request shall be sent again; rejects when nobody wants its answer any more. */
function nextAttempt(isRead: boolean, failures: number, signal?: AbortSignal): Promise<void> {
  const isOffline = navigator.onLine === false;
  return new Promise<void>((resolve, reject) => {
    const end = (then: () => void) => {
      clearTimeout(timer);
      attempts.delete(attempt);
      signal?.removeEventListener("abort", abort);
      count(-1, isRead);
      then();
    };
    const attempt: Attempt = { retry: () => end(resolve), isAutomatic: isRead || isOffline };
    const abort = () => end(() => reject(signal?.reason));
    const wait = Math.min(FIRST_WAIT * 2 ** (failures - 1), LAST_WAIT);
    const timer = isRead && !isOffline ? setTimeout(attempt.retry, wait) : undefined;
    attempts.add(attempt);
    signal?.addEventListener("abort", abort);
    count(1, isRead);
    if (signal?.aborted) abort();
  });
}
