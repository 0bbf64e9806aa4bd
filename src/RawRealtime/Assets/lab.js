// The lab: three transports side by side on one channel, and a box to publish to it.

import { address } from "./address.js";
import { announcer } from "./announcer.js";
import { copyOnClick } from "./clipboard.js";
import { Panel } from "./panel.js";
import { Publisher } from "./publisher.js";
import * as events from "./transports/events.js";
import * as poll from "./transports/poll.js";
import * as webSocket from "./transports/websocket.js";
import { PanelView } from "./view.js";

const BURST = 20;
const CHANNEL = /^[A-Za-z0-9._:~-]{1,128}$/;
const DEFAULT_CHANNEL = "default";

const element = (id) => document.getElementById(id);
const announce = announcer(element("announcer"));
const publisher = new Publisher();

const transports = { ws: webSocket, events, poll };
const panels = Object.entries(transports).map(([name, { connect, holeHint }]) => {
  const view = new PanelView(document.querySelector(`section[data-transport="${name}"]`), announce);
  return new Panel({ connect, holeHint, view, publisher, onEventName: events.listenFor });
});

const field = element("channel");
const text = element("publish-text");
const ack = element("publish-ack");
let channel;

function follow(name) {
  channel = name;
  for (const panel of panels) panel.follow(name);
  // Double quotes: the lines work in a Unix shell and in the Windows command prompt, and no channel name needs escaping.
  element("curl-publish").textContent = `curl -d "hello from curl" "${readable("/publish")}"`;
  element("curl-listen").textContent = `curl -N "${readable("/events")}"`;
}

/** The allowed characters of a channel need no percent-encoding in a query, and read better without. */
function readable(path) {
  return `${address(path, {})}?channel=${channel}`;
}

function changeChannel() {
  const name = field.value.trim() || DEFAULT_CHANNEL;
  const isValid = CHANNEL.test(name);
  field.setAttribute("aria-invalid", String(!isValid));
  if (!isValid) {
    acknowledge("A channel name has 1 to 128 of the characters A–Z a–z 0–9 . _ : ~ -", true);
    return;
  }
  field.value = name;
  if (name === channel) return;
  const page = new URL(location.href);
  page.searchParams.set("channel", name);
  history.replaceState(null, "", page);
  acknowledge(`Now on channel ${name}.`);
  follow(name);
}

function acknowledge(sentence, isRefusal = false) {
  ack.textContent = sentence;
  ack.classList.toggle("refusal", isRefusal);
}

async function publish(event) {
  event.preventDefault();
  const message = text.value;
  if (message === "") {
    acknowledge("There is nothing to publish yet: write a message first.", true);
    text.focus();
    return;
  }
  // Emptied at once, so that the next message can be typed while this one is under way.
  text.value = "";
  try {
    acknowledge(`Published ${published(await publisher.publish(channel, message))}`);
  } catch (error) {
    acknowledge(`Not published: ${error.message}`, true);
    text.value ||= message;
  }
}

async function publishBurst() {
  const startedAt = performance.now();
  const numbers = Array.from({ length: BURST }, (_, i) => i + 1);
  try {
    const acks = await Promise.all(numbers.map((n) => publisher.publish(channel, `burst ${n} of ${BURST}`)));
    const took = Math.round(performance.now() - startedAt);
    acknowledge(`Published ${BURST} messages in ${took} ms. The last: ${published(acks.at(-1))}`);
  } catch (error) {
    acknowledge(`Not all were published: ${error.message}`, true);
  }
}

function published({ id, subscribers }) {
  if (subscribers === 0) return `${id}, kept for those who come later.`;
  return `${id} to ${subscribers} ${subscribers === 1 ? "subscriber" : "subscribers"}.`;
}

element("publish").addEventListener("submit", publish);
element("burst-button").addEventListener("click", publishBurst);
field.addEventListener("change", changeChannel);
// Enter in the channel field changes the channel; it must not publish what stands in the other field.
field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  changeChannel();
});
for (const button of document.querySelectorAll("button[data-copies]")) {
  copyOnClick(button, element(button.dataset.copies), announce);
}

const asked = new URLSearchParams(location.search).get("channel") ?? DEFAULT_CHANNEL;
field.value = CHANNEL.test(asked) ? asked : DEFAULT_CHANNEL;
follow(field.value);
