import { signal } from "@preact/signals";

/** What the reader has chosen; `system` follows the machine. */
export type Theme = "system" | "light" | "dark";

const KEY = "sla-theme";
const system = matchMedia("(prefers-color-scheme: dark)");
const { dataset } = document.documentElement;

/** The reader's choice. */
export const theme = signal<Theme>((dataset.choice as Theme | undefined) ?? "system");

/** Whether the page is dark now, for what CSS does not colour. */
export const dark = signal(dataset.theme === "dark");

system.addEventListener("change", apply);

/** Takes a theme, and keeps it for the next visit where the browser lets us. */
export function setTheme(next: Theme): void {
  theme.value = next;
  apply();
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Not kept.
  }
}

function apply(): void {
  dark.value = theme.peek() === "system" ? system.matches : theme.peek() === "dark";
  dataset.theme = dark.value ? "dark" : "light";
}
