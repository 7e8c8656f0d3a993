import { existsSync, type FSWatcher, watch } from "node:fs";
import { join } from "node:path";
import type { Project } from "../project/index.js";

/** Changes that come so soon after each other are one, in milliseconds: editors write a file in several steps. */
const TOGETHER = 250;

/** What of the target folder the site is made from. */
const RESULTS = new Set(["run_results.json", "sources.json"]);

/** Of the project's own folder: `project.yml`, `selectors.yml`, `overview.md`, `.env`. */
const OWN = /\.(?:ya?ml|md)$|^\.env$/;

/** Calls back when a file of the project changes, or a run has left new results. */
export function watchProject({ dir, paths, targetPath }: Project, changed: () => void): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(changed, TOGETHER);
  };
  const watchers: FSWatcher[] = [];
  const follow = (folder: string, recursive: boolean, wanted: (name: string) => boolean): void => {
    if (!existsSync(folder)) return;
    const watcher = watch(folder, { recursive }, (_, name) => {
      if (name !== null && wanted(name)) soon();
    });
    // A folder that goes away is none to follow.
    watcher.on("error", () => watcher.close());
    watchers.push(watcher);
  };
  for (const folder of new Set(Object.values(paths).flat())) follow(join(dir, folder), true, () => true);
  follow(dir, false, (name) => OWN.test(name));
  follow(targetPath, false, (name) => RESULTS.has(name));
  return {
    close: () => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}
