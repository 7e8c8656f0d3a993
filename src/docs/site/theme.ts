import { signal } from "@preact/signals";

/** What the reader has chosen; `system` follows the machine. */
export type Theme = "system" | "light" | "dark";

const KEY = "sla-theme";
const system = matchMedia("(prefers-color-scheme: dark)");

/** The reader's choice. */
export const theme = signal<Theme>((document.documentElement.dataset.theme as Theme | undefined) ?? "system");

/** Whether the page is dark now, for what CSS does not colour. */
export const dark = signal(isDark());

system.addEventListener("change", () => {
  dark.value = isDark();
});

/** Takes a theme, and keeps it for the next visit where the browser lets us. */
export function setTheme(next: Theme): void {
  theme.value = next;
  if (next === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  dark.value = isDark();
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Not kept.
  }
}

function isDark(): boolean {
  return theme.peek() === "system" ? system.matches : theme.peek() === "dark";
}
