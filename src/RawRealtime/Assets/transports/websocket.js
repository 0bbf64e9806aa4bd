// One WebSocket connection to one channel. It never reconnects: that is the subscription's job.

import { address } from "../address.js";

// Plain text messages carry no cursor; this subprotocol's JSON does, so a cut connection can be resumed.
const SUBPROTOCOL = "rawrealtime.v1";

export function connect(channel, cursor, on) {
  const url = address("/ws", { channel, cursor });
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(url, SUBPROTOCOL);

  socket.addEventListener("message", ({ data }) => {
    const message = JSON.parse(data);
    switch (message.type) {
      case "position":
        on.position(message);
        break;
      case "message":
        on.message(message, message.cursor);
        break;
      case "error":
        on.told(message.detail);
        break;
    }
  });

  // A browser hides why a handshake failed, so there is only the close code to report.
  socket.addEventListener("close", ({ code, reason }) => {
    const why = code === 1006 ? "The connection was lost" : `The server closed it (${code}${reason ? ` ${reason}` : ""})`;
    on.closed({ why });
  });

  return () => socket.close(1000);
}
