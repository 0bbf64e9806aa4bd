// The lab: the same messages over three transports at once, measured side by side.

import { announcer } from "./announcer.js";
import { LatencyChart } from "./chart.js";
import { copyOnClick } from "./clipboard.js";
import { showAdvice } from "./advice.js";
import { count, many, milliseconds } from "./format.js";
import { HandMessages } from "./hand.js";
import { Line } from "./line.js";
import { deflatedShare } from "./load.js";
import { watchPolls } from "./polls.js";
import { recommend } from "./recommendation.js";
import { thisBrowser } from "./request-head.js";
import { publisherOf, Run } from "./run.js";
import { ComparisonTable } from "./table.js";
import { themeButton } from "./theme.js";

const SHOW_MS = 250;
const SMALLEST_COMPRESSED = 256; // by default
const CHANNEL = /^[A-Za-z0-9._:~-]{1,118}$/; // with room for the publisher's own
const TRANSPORTS = { ws: "WebSocket", sse: "Event stream", poll: "Long poll" };
const names = Object.keys(TRANSPORTS);

const element = (id) => document.getElementById(id);
const announce = announcer(element("announcer"));
const asked = new URLSearchParams(location.search).get("channel") ?? "";
// A channel of this page's own, unless one is named: a load on a channel that others listen to would be theirs too.
const channel = CHANNEL.test(asked) ? asked : `lab-${Math.random().toString(36).slice(2, 6)}`;

const table = new ComparisonTable(element("comparison"), names);
const chart = new LatencyChart(element("chart"), TRANSPORTS, element("chart-rows"));
const hand = new HandMessages(element("hand-rows"), names);
const browser = thisBrowser(globalThis);
let publisher;
let run;
let load;

const lines = Object.fromEntries(names.map((name) => [name, new Line(name, {
  channel,
  browser,
  extensions: () => publisher?.extensions ?? "",
  state: (state) => table.state(name, state),
  byHand: (message, at) => hand.came(name, message, at),
  back: ({ recovered, reason }) => tellReturn(name, recovered, reason),
})]));

function results() {
  return run?.results ?? Object.fromEntries(names.map((name) => [name, lines[name].result(performance.now())]));
}

function show() {
  const figures = results();
  table.show(figures);
  if (!run) return;
  if (run.timeline.advance(run.seconds - 0.25)) chart.draw(run.timeline);
  showAdvice(element("advice"), recommend({ size: load.size, rate: rateSent() }, figures), isRunning());
}

/** Messages a second: as asked for, unless clearly fewer could be sent. */
function rateSent() {
  if (isRunning()) return load.rate;
  const achieved = run.sent / run.sendingSeconds;
  return achieved > load.rate * 0.9 ? load.rate : Math.round(achieved);
}

function isRunning() {
  return element("load").dataset.running === "true";
}

function showProgress() {
  const left = load.seconds === Infinity ? "" : `, ${Math.max(0, Math.ceil(load.seconds - run.seconds))} s left`;
  element("progress").textContent = `${many(run.sent, "message")} sent${run.isWaiting ? ", waiting for the last of them" : left}.`;
}

async function start() {
  setRunning(true);
  run = new Run(lines);
  announce("Measuring.");
  const ticking = setInterval(() => {
    show();
    showProgress();
  }, SHOW_MS);
  let complaint;
  try {
    await run.go(await connectPublisher(), { channel, ...load });
  } catch (error) {
    complaint = error.message;
  }
  clearInterval(ticking);
  setRunning(false);
  show();
  chart.draw(run.timeline);
  tell(complaint ?? ending());
}

async function connectPublisher() {
  publisher = await publisherOf(channel, publisher);
  return publisher;
}

function setRunning(isIt) {
  element("load").dataset.running = String(isIt);
  element("start").textContent = isIt ? "Stop" : "Start";
  for (const control of element("load").querySelectorAll("input, select")) control.disabled = isIt;
}

function tell(sentence) {
  element("progress").textContent = sentence;
  announce(sentence);
}

function ending() {
  const fewer = rateSent() === load.rate ? "" : ` (${count(rateSent())} a second, fewer than asked for)`;
  const missed = names.reduce((sum, name) => sum + lines[name].measurement.tally.missed, 0);
  const isClosed = publisher.readyState !== WebSocket.OPEN ? " The server closed the connection that publishes." : "";
  return `Done: ${many(run.sent, "message")} in ${run.sendingSeconds.toFixed(1)} s${fewer}, ${missed === 0 ? "none missed" : `${count(missed)} missed`}.${isClosed}`;
}

function tellReturn(name, recovered, reason) {
  const { openAfter } = lines[name].measurement.cutCost();
  const outcome = recovered ? "nothing lost" : `messages were lost (${reason})`;
  announce(`${TRANSPORTS[name]} is open again after ${milliseconds(openAfter)}, ${outcome}.`);
}

/** A page cannot see what compression takes away, so it counts what was before, and says about what it comes to. */
async function tellCompression() {
  const note = element("compression");
  const sample = lines.ws.sample ?? "";
  const isAgreed = publisher?.extensions.includes("permessage-deflate") ?? false;
  note.hidden = !isAgreed || !sample;
  if (note.hidden) return;
  const share = Math.round((await deflatedShare(sample)) * 100);
  note.textContent = `The table counts what was before compression, which a page cannot see. Unless told otherwise this server sends the event stream as gzip, and compresses WebSocket messages of ${SMALLEST_COMPRESSED} B and more: these random ones take about ${share} % then, text takes less.`;
}

element("load").addEventListener("submit", (event) => {
  event.preventDefault();
  if (isRunning()) {
    run.stop();
    return;
  }
  const [rate, size, seconds] = ["rate", "size", "seconds"].map((id) => Number(element(id).value));
  load = { rate, size, seconds: seconds || Infinity };
  start().then(tellCompression);
});

table.onCut((name) => lines[name].cut(Number(element("away").value)));

element("hand").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = element("hand-text").value;
  if (text === "") return;
  element("hand-text").value = "";
  try {
    const { id, subscribers } = await hand.publish(channel, text);
    element("hand-told").textContent = `Published as ${id} to ${many(subscribers, "subscriber")}.`;
  } catch (error) {
    element("hand-told").textContent = `Not published: ${error.message}`;
  }
});

for (const choice of document.querySelectorAll('input[name="statistic"]')) {
  choice.addEventListener("change", () => chart.statistic(choice.value));
}
element("chart-table").addEventListener("toggle", () => chart.draw(run?.timeline));
themeButton(element("theme"), () => chart.redraw());

// Double quotes: the line works in a Unix shell and in the Windows command prompt, and no channel name needs escaping.
element("curl-publish").textContent = `curl -d "hello from curl" "${location.origin}/publish?channel=${channel}"`;
element("curl-listen").textContent = `curl -N "${location.origin}/events?channel=${channel}"`;
for (const button of document.querySelectorAll("button[data-copies]")) copyOnClick(button, element(button.dataset.copies), announce);

watchPolls(channel, (poll) => lines.poll.polled(poll));
await connectPublisher().catch(() => {}); // Start tries again, and says why not
for (const name of names) lines[name].begin();
setInterval(() => isRunning() || show(), SHOW_MS);
