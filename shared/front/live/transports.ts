/** The two ways in which live messages reach a page: a WebSocket, or an event stream where sockets are blocked. */

export interface TransportEvents {
  onOpen(): void;
  onMessage(text: string): void;
  /** Called once at the end, with the code of back-websockets (1006: none was received). */
  onClose(code: number, reason: string): void;
}

/** Opens a connection; the result closes it without a further event. */
export type Connect = (url: URL, events: TransportEvents) => () => void;

export const NO_CODE = 1006;

export const connectSocket: Connect = (url, { onOpen, onMessage, onClose }) => {
  const socket = new WebSocket(url);
  socket.onopen = onOpen;
  socket.onmessage = ({ data }) => onMessage(String(data));
  socket.onclose = ({ code, reason }) => onClose(code, reason);
  return () => {
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  };
};
