// What one panel looks like. Text of messages enters the page as text only, never as markup.

const MAX_ROWS = 200;
const MAX_CHARACTERS = 300;

export class PanelView {
  #section;
  #announce;
  #state;
  #count;
  #latency;
  #notice;
  #rows;
  #cut;
  #name;
  #mark;

  /**
   * @param section the panel's element
   * @param announce says a sentence to those who listen instead of look
   */
  constructor(section, announce) {
    const role = (name) => section.querySelector(`[data-role="${name}"]`);
    this.#section = section;
    this.#announce = announce;
    this.#state = role("state");
    this.#count = role("count");
    this.#latency = role("latency");
    this.#notice = role("notice");
    this.#rows = role("messages");
    this.#cut = role("cut");
    this.#name = section.querySelector("h2").textContent;
  }

  onCut(handle) {
    this.#cut.addEventListener("click", handle);
  }

  clear() {
    this.#rows.replaceChildren();
    this.#mark = undefined;
    this.count(0);
    this.latency("–");
    this.notice("", "quiet");
  }

  state(name, isCut) {
    if (name !== this.#section.dataset.state && name !== "open" && name !== "connecting") {
      this.#announce(`${this.#name}: ${name}.`);
    }
    this.#section.dataset.state = name;
    this.#state.textContent = name;
    this.#cut.textContent = isCut ? "Reconnect" : "Cut";
    this.#cut.setAttribute("aria-label", `${isCut ? "Reconnect" : "Cut"} ${this.#name}`);
  }

  /** A sentence about the connection; kind is quiet, good, warn or gap. Only what was resumed or lost is read out. */
  notice(text, kind) {
    this.#notice.textContent = text;
    this.#notice.dataset.kind = kind;
    if (kind === "good" || kind === "gap") this.#announce(`${this.#name}: ${text}`);
  }

  /** Puts a few words at the place in the list where the next message follows. */
  markNext(text, kind) {
    this.#mark = { text, kind };
  }

  count(value) {
    this.#count.textContent = value.toLocaleString("en");
  }

  latency(text) {
    this.#latency.textContent = text;
  }

  /** Shows a message on top and gives back what may still be told about it. */
  add(message, offset) {
    const row = document.createElement("li");
    const latency = span("row-latency", "–");
    row.append(span("offset", `#${offset}`), body(message), latency);
    row.title = `${message.id} · ${message.time}`;
    if (this.#mark) {
      const mark = span("mark", this.#mark.text);
      mark.dataset.kind = this.#mark.kind;
      row.append(mark);
      this.#mark = undefined;
    }
    this.#rows.prepend(row);
    if (this.#rows.childElementCount > MAX_ROWS) this.#rows.lastElementChild.remove();

    return {
      latency(text, caughtUp) {
        latency.textContent = text;
        latency.classList.toggle("caught-up", caughtUp);
        if (caughtUp) latency.title = "It waited for this panel to come back.";
      },
    };
  }
}

function body(message) {
  const cell = document.createElement("div");
  if (message.event) cell.append(span("tag", message.event));
  if (message.encoding) cell.append(span("tag", message.encoding));
  cell.append(span("text", shortened(message.data)));
  return cell;
}

/** A message may be a mebibyte long and a panel holds 200: enough to recognise it is enough to show. */
function shortened(text) {
  if (text.length <= MAX_CHARACTERS) return text;
  return `${text.slice(0, MAX_CHARACTERS)}… (${text.length.toLocaleString("en")} characters)`;
}

function span(role, text) {
  const element = document.createElement("span");
  element.dataset.role = role;
  element.textContent = text;
  return element;
}
