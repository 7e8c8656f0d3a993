/** Runs before anything is drawn: takes in data as it comes, and sets the theme, so that no page flashes white. */
const held: Record<string, unknown> = {};

Object.assign(window, {
  slaHeld: held,
  slaData: (name: string, value: unknown): void => {
    held[name] = value;
  },
});

try {
  const theme = localStorage.getItem("sla-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Some browsers keep nothing for files: the system's theme it is.
}
