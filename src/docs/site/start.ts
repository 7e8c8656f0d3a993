/** Runs before anything is drawn: takes in data as it comes, and sets the theme, so that no page flashes white. */
const held: Record<string, unknown> = {};
const packed: Record<string, string> = {};

Object.assign(window, {
  slaHeld: held,
  slaPacked: packed,
  slaData: (name: string, value: unknown, pack?: string): void => {
    if (pack === undefined) held[name] = value;
    else packed[name] = pack;
  },
});

let chosen: string | null = null;
try {
  chosen = localStorage.getItem("sla-theme");
} catch {
  // Some browsers keep nothing for files: the system's theme it is.
}
const { dataset } = document.documentElement;
dataset.choice = chosen === "light" || chosen === "dark" ? chosen : "system";
const dark =
  dataset.choice === "system" ? matchMedia("(prefers-color-scheme: dark)").matches : chosen === "dark";
dataset.theme = dark ? "dark" : "light";
