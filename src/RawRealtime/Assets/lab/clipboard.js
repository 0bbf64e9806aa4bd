// Copying the lines to paste into a terminal.

const TOLD_MS = 2000;

export function copyOnClick(button, source, announce) {
  let timer;
  button.addEventListener("click", async () => {
    const told = await copy(source);
    button.textContent = told;
    announce(`${told}.`);
    clearTimeout(timer);
    timer = setTimeout(() => (button.textContent = "Copy"), TOLD_MS);
  });
}

/** Browsers hand out the clipboard only on https and loopback; elsewhere the line is selected, ready to be copied. */
async function copy(source) {
  try {
    await navigator.clipboard.writeText(source.textContent);
    return "Copied";
  } catch {
    getSelection().selectAllChildren(source);
    return "Selected";
  }
}
