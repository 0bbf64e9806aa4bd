// Light or dark: as the system says until the button says otherwise.

const KEPT = "theme";

/** Undefined where the browser keeps nothing for this page: the choice then lasts as long as the page. */
function storage() {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

export function themeButton(button, changed) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => document.documentElement.dataset.theme;
  const isDark = () => (chosen() ? chosen() === "dark" : system.matches);
  const show = () => {
    button.textContent = isDark() ? "Light" : "Dark";
    button.setAttribute("aria-label", `Change to ${isDark() ? "light" : "dark"} colours`);
  };
  const kept = storage()?.getItem(KEPT);
  if (kept === "dark" || kept === "light") document.documentElement.dataset.theme = kept;
  show();

  button.addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    storage()?.setItem(KEPT, chosen());
    show();
    changed();
  });
  system.addEventListener("change", () => {
    show();
    changed();
  });
}
