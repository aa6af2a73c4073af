/** What a picture may be: a help for the user in the browser and a quick no on the server; back-api has the last word. */

export const AVATAR_TYPES = ["image/png", "image/jpeg", "image/webp", "image/gif"];
export const AVATAR_BYTES = 2 * 1024 * 1024;

/** Why this file will not do, or null. */
export function avatarComplaint(file: { size: number; type: string }): string | null {
  if (file.size === 0) return "Please choose a picture first.";
  if (!AVATAR_TYPES.includes(file.type)) return "Please choose a PNG, JPEG, WebP or GIF picture.";
  if (file.size > AVATAR_BYTES) return "That picture is larger than 2 MB. Please choose a smaller one.";
  return null;
}
