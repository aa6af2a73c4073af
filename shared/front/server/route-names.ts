/** The route template behind a request, for metrics: middleware knows it, the HTTP server counts by it. */

const names = new Map<string, string>();

export function nameRoute(correlationId: string, pattern: string): void {
  names.set(correlationId, pattern);
}

/** The template noted for this request, forgotten at once. */
export function routeOf(correlationId: string): string {
  const name = names.get(correlationId) ?? "unmatched";
  names.delete(correlationId);
  return name;
}
