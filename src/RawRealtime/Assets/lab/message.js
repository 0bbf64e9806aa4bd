// A measured message is text of a chosen size that begins with 16 characters:
// "~", the run (3), the message's number in the run (5) and when it was sent, in microseconds (7), in base 36.

export const SMALLEST = 16;

const MARK = "~";
const RUN = 3;
const NUMBER = 5;
const TIME = 7;
const RUNS = 36 ** RUN;

/** A name for a run, so that the messages of another page on the same channel are not taken for ours. */
export function runName(random = Math.random()) {
  return Math.floor(random * RUNS).toString(36).padStart(RUN, "0");
}

/** @param sentAt milliseconds on the clock of performance.now(), below 21 hours */
export function write({ run, number, sentAt, filler = "", size = SMALLEST }) {
  const head = MARK + run + digits(number, NUMBER) + digits(Math.round(sentAt * 1000), TIME);
  return head + filler.slice(0, size - head.length);
}

/** Run, number and sending time of a measured message; undefined for any other text. */
export function read(text) {
  if (!/^~[0-9a-z]{15}/.test(text)) return undefined;
  const timeAt = 1 + RUN + NUMBER;
  return {
    run: text.slice(1, 1 + RUN),
    number: parseInt(text.slice(1 + RUN, timeAt), 36),
    sentAt: parseInt(text.slice(timeAt, timeAt + TIME), 36) / 1000,
  };
}

/** Letters and digits in no order, so that compression finds little; each is one byte and needs no escaping in JSON. */
export function makeFiller(length, random = Math.random) {
  let text = "";
  while (text.length < length) text += random().toString(36).slice(2, 12);
  return text.slice(0, length);
}

function digits(value, width) {
  return value.toString(36).padStart(width, "0");
}
