// The recommendation as it stands on the page.

import { NAMES } from "./recommendation.js";

export function showAdvice(box, { ready, best, headline, reasons, choices }, isRunning) {
  const words = JSON.stringify([headline, reasons, choices]);
  if (box.dataset.words === words) return;
  box.dataset.words = words;
  box.dataset.ready = String(ready);
  const title = text("p", ready || !isRunning ? headline : "Measuring …");
  title.className = "headline";
  if (best) title.dataset.transport = best;
  box.replaceChildren(title, list(reasons.map((reason) => [reason])), ...when(choices));
}

function when(choices) {
  if (choices.length === 0) return [];
  const items = choices.map(({ transport, when }) => [bold(NAMES[transport]), ` when ${when}`]);
  return [text("h3", "When to choose which"), list(items)];
}

function list(items) {
  const all = document.createElement("ul");
  for (const parts of items) {
    const item = document.createElement("li");
    item.append(...parts);
    all.append(item);
  }
  return all;
}

function bold(name) {
  return text("b", name[0].toUpperCase() + name.slice(1));
}

function text(kind, words) {
  const element = document.createElement(kind);
  element.textContent = words;
  return element;
}
