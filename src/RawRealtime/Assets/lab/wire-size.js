// How many bytes something takes on the wire, computed from the rules by which the server frames it.

const encoder = new TextEncoder();
const CRLF = 2;
const DATE = "Sun, 22 Nov 2026 17:07:14 GMT";

export function utf8Length(text) {
  return encoder.encode(text).length;
}

/** RFC 6455 §5.2: two bytes, a longer length behind them, and the key of a client's mask. */
export function frameHeader(payload, isMasked = false) {
  const length = payload < 126 ? 0 : payload < 65_536 ? 2 : 8;
  return 2 + length + (isMasked ? 4 : 0);
}

/** RFC 9112 §7.1: what a chunk adds to its content. */
export function chunkFraming(content) {
  return content === 0 ? 0 : content.toString(16).length + CRLF + CRLF;
}

/** HTML §9.2.6: an event with its field names, one data line for each line of the text. */
export function eventLength({ id, event, data }) {
  const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}`);
  if (event) lines.unshift(`event: ${event}`);
  if (id !== undefined) lines.unshift(`id: ${id}`);
  return lines.reduce((sum, line) => sum + utf8Length(line) + 1, 1);
}

/** One message of a WebSocket: the JSON object around the data counts as framing. */
export function socketMessage(json, data) {
  return { payload: data, framing: frameHeader(json) + json - data };
}

/** One event in a chunk of its own. */
export function streamMessage(event, data) {
  const length = eventLength(event);
  return { payload: data, framing: chunkFraming(length) + length - data };
}

/** RFC 9112 §4: status line, one line for each field, an empty line. */
export function answerHead(status, fields) {
  const lines = Object.entries(fields).map(([name, value]) => utf8Length(`${name}: ${value}`) + CRLF);
  return `HTTP/1.1 ${status}`.length + CRLF + lines.reduce((sum, line) => sum + line, 0) + CRLF;
}

export function socketAnswer({ extensions, protocol }) {
  return answerHead("101 Switching Protocols", {
    "Date": DATE,
    "Connection": "Upgrade",
    "Sec-WebSocket-Accept": "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
    ...(extensions ? { "Sec-WebSocket-Extensions": extensions } : {}),
    "Sec-WebSocket-Protocol": protocol,
    "Upgrade": "websocket",
  });
}

export function streamAnswer() {
  return answerHead("200 OK", {
    "Date": DATE,
    "Content-Type": "text/event-stream; charset=utf-8",
    "Transfer-Encoding": "chunked",
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
  });
}

/** The first line of a stream, in a chunk of its own. */
export function streamRetry() {
  const length = "retry: 2000\n\n".length;
  return length + chunkFraming(length);
}

const REASONS = { 200: "OK", 204: "No Content", 304: "Not Modified" };

/** The head of a poll's answer. Other answers than these three carry no message and are not counted to the byte. */
export function pollAnswer(status, body, cursor) {
  const content = status === 200 ? { "Content-Type": "application/json", "Content-Length": body } : {};
  return answerHead(`${status} ${REASONS[status] ?? "Conflict"}`, { "Date": DATE, ...content, "Cache-Control": "no-store", "ETag": `"${cursor}"` });
}
