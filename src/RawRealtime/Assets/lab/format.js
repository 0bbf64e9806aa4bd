// Numbers as they are written on the page.

export const NONE = "–";

const whole = new Intl.NumberFormat("en");

export function count(value) {
  return value === undefined ? NONE : whole.format(value);
}

/** Three figures where they say something: 0.84 ms, 8.4 ms, 84 ms, 1.2 s. */
export function milliseconds(value) {
  if (value === undefined) return NONE;
  if (value < 9.95) return `${value.toFixed(1)} ms`;
  if (value < 999.5) return `${Math.round(value)} ms`;
  return `${(value / 1000).toFixed(1)} s`;
}

export function bytes(value) {
  if (value === undefined || Number.isNaN(value)) return NONE;
  if (value < 9_999.5) return `${whole.format(Math.round(value))} B`;
  if (value < 1024 ** 2) return `${(value / 1024).toFixed(1)} KiB`;
  if (value < 1024 ** 3) return `${(value / 1024 ** 2).toFixed(1)} MiB`;
  return `${(value / 1024 ** 3).toFixed(1)} GiB`;
}

/** To the last byte, where there is room to say so. */
export function exactBytes(value) {
  return `${whole.format(value)} bytes`;
}

export function size(value) {
  return value < 1024 ? `${value} B` : `${value / 1024} KiB`;
}

export function times(ratio) {
  return `${ratio < 9.95 ? ratio.toFixed(1) : Math.round(ratio)} times`;
}

export function many(value, one, several = `${one}s`) {
  return `${count(value)} ${value === 1 ? one : several}`;
}
