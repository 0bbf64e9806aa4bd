// One polite voice for all panels: what happens at the same moment becomes one announcement.

const GATHER_MS = 400;

export function announcer(element) {
  let gathered = [];
  let timer;
  return (sentence) => {
    gathered.push(sentence);
    clearTimeout(timer);
    timer = setTimeout(() => {
      element.textContent = gathered.join(" ");
      gathered = [];
    }, GATHER_MS);
  };
}
