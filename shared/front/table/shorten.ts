/** Long texts with their middle left out, as beginning and end tell one from another. */

const GAP = "…";

export function middleOut(text: string, most: number): string {
  const characters = [...text];
  if (characters.length <= most) return text;
  const kept = most - 1;
  const tail = Math.floor(kept / 2);
  return characters.slice(0, kept - tail).join("") + GAP + (tail ? characters.slice(-tail).join("") : "");
}

/** `0198a4e1…1f2c` of an id. */
export function shortId(id: string): string {
  return id.length <= 16 ? id : `${id.slice(0, 8)}${GAP}${id.slice(-4)}`;
}
