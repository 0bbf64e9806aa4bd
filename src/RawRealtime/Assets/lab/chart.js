// The running chart of latency, one line per transport, and the same as a table for those who do not see it.
// The library sets a global when its script runs; it comes before the modules.

import { milliseconds } from "./format.js";

const uPlot = globalThis.uPlot;
const HEIGHT = 240;
const ROWS_TOLD = 10;
const DASHES = { ws: [], sse: [8, 4], poll: [2, 3] };

export class LatencyChart {
  #box;
  #names;
  #table;
  #plot;
  #statistic = "p50";
  #timeline;

  /** @param box the chart's element; @param names transport to name; @param table the rows of the alternative */
  constructor(box, names, table) {
    this.#box = box;
    this.#names = names;
    this.#table = table;
    new ResizeObserver(() => this.#plot?.setSize(this.#size())).observe(box);
    this.redraw();
  }

  /** Draws another statistic of the same rows: p50 or p99. */
  statistic(name) {
    this.#statistic = name;
    this.draw(this.#timeline);
  }

  draw(timeline) {
    this.#timeline = timeline;
    this.#plot.setData(timeline?.columns(this.#statistic) ?? this.#empty());
    this.#tell(timeline?.rows.slice(-ROWS_TOLD).reverse() ?? []);
  }

  /** Makes it anew: colours are read once, so after a change between light and dark. */
  redraw() {
    this.#plot?.destroy();
    this.#plot = new uPlot(this.#options(), this.#empty(), this.#box);
    this.draw(this.#timeline);
  }

  #options() {
    const colour = (name) => getComputedStyle(document.querySelector(`[data-colour="${name}"]`)).color;
    const axis = { stroke: colour("muted"), grid: { stroke: colour("line"), width: 1 }, ticks: { stroke: colour("line"), width: 1, size: 4 }, font: "12px system-ui, sans-serif" };
    const line = (transport) => ({ label: this.#names[transport], stroke: colour(transport), width: 2, dash: DASHES[transport], points: { show: false }, spanGaps: false });
    return {
      ...this.#size(),
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false, range: (_, low, high) => [low ?? 0, Math.max(high ?? 0, (low ?? 0) + 10)] }, y: { distr: 3, range: rangeOf } },
      axes: [
        { ...axis, size: 32, values: (_, ticks) => ticks.map((tick) => `${tick} s`) },
        { ...axis, grid: { ...axis.grid, filter: decades }, ticks: { ...axis.ticks, filter: decades }, size: 62, values: (_, ticks) => ticks.map(axisTime), filter: decades },
      ],
      series: [{}, ...Object.keys(this.#names).map(line)],
    };
  }

  #size() {
    return { width: Math.max(200, this.#box.clientWidth), height: HEIGHT };
  }

  #empty() {
    return [[], ...Object.keys(this.#names).map(() => [])];
  }

  // Only while somebody has it open: nobody hears a table that is closed.
  #tell(rows) {
    if (!this.#table.closest("details").open) return;
    this.#table.replaceChildren(...rows.map(({ seconds, values }) => {
      const row = document.createElement("tr");
      const figures = Object.keys(this.#names).map((name) => milliseconds(values[name][this.#statistic]));
      row.append(...[`${seconds.toFixed(1)} s`, ...figures].map((text, i) => {
        const cell = document.createElement(i === 0 ? "th" : "td");
        if (i === 0) cell.scope = "row";
        cell.textContent = text;
        return cell;
      }));
      return row;
    }));
  }
}

function axisTime(tick) {
  if (tick === null) return "";
  return tick < 1000 ? `${tick} ms` : `${tick / 1000} s`;
}

// From one power of ten to the next, and at least two of them, so that a quiet line lies still.
function rangeOf(_, low, high) {
  const from = low > 0 ? Math.floor(Math.log10(low)) : -1;
  const to = high > 0 ? Math.ceil(Math.log10(high)) : 1;
  return [10 ** from, 10 ** Math.max(to, from + 2)];
}

function decades(_, ticks) {
  return ticks.map((tick) => (Number.isInteger(Math.round(Math.log10(tick) * 1e6) / 1e6) ? tick : null));
}
