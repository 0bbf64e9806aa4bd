// A message's id is "<epoch>-<offset>"; the offset grows by one per message, so a hole can be seen.

export function parseId(id) {
  const dash = id.lastIndexOf("-");
  return { epoch: id.slice(0, dash), offset: Number(id.slice(dash + 1)) };
}

/** How many messages lie between two ids, or undefined when they belong to different lives of the channel. */
export function distance(from, to) {
  const a = parseId(from);
  const b = parseId(to);
  return a.epoch === b.epoch ? b.offset - a.offset : undefined;
}
