/** The code of the pages that this one links to, fetched when the browser has time: a link then works without a network. */
import { useEffect } from "react";

const AFTER_MILLISECONDS = 3_000;

interface Modules {
  module: string;
  imports?: string[];
}

/** React Router's own list of the routes that it knows; it reloads the document when it cannot fetch one of them. */
declare global {
  interface Window {
    __reactRouterManifest?: { routes: Record<string, Modules | undefined> };
  }
}

export function useWarmPages(): void {
  useEffect(() => {
    const timer = setTimeout(warm, AFTER_MILLISECONDS);
    return () => {
      clearTimeout(timer);
      removeEventListener("online", warm);
    };
  }, []);
}

/** Not without a network: a browser does not try a module again that it could not fetch. */
function warm(): void {
  if (!navigator.onLine) {
    addEventListener("online", warm, { once: true });
    return;
  }
  const routes = Object.values(window.__reactRouterManifest?.routes ?? {});
  const files = new Set(routes.flatMap((route) => (route ? [route.module, ...(route.imports ?? [])] : [])));
  for (const href of files) {
    if (document.head.querySelector(`link[rel=modulepreload][href="${href}"]`)) continue;
    document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href }));
  }
}
