/** What the last form has to say; `id` tells two of the same words apart. */
export interface Flash {
  id: string;
  message: string;
  /** The cookie that it came in. */
  cookie: string;
}
