import { serveSite, watchProject } from "../docs/index.js";
import { toSlaErrors } from "../errors/index.js";
import { loadProject } from "../project/index.js";
import { type DocsOptions, generateDocs } from "./docs.js";
import type { Effects } from "./invocation.js";

/** What `docs serve` is told. */
export interface ServeDocsOptions extends DocsOptions {
  host: string;
  port: number;
}

/** `sla docs serve`: writes the site, serves it, and writes it anew whenever the project or its results change, until it is stopped. */
export async function serveDocs(
  options: ServeDocsOptions,
  effects: Effects,
  told: { serving(url: string): void; written(seconds: number): void },
): Promise<void> {
  const { folder } = await generateDocs(options, effects);
  const project = await loadProject({
    projectDir: options.projectDir,
    target: options.target,
    vars: options.vars,
    env: effects.env,
    requireTarget: false,
  });
  const server = await serveSite({ folder, project: project.name, host: options.host, port: options.port });
  let writing = Promise.resolve();
  let waiting = false;
  const write = async (): Promise<void> => {
    waiting = false;
    const began = effects.clock().getTime();
    try {
      await generateDocs(options, effects);
      server.changed();
      told.written((effects.clock().getTime() - began) / 1000);
    } catch (thrown) {
      // The site stays as it was: a file half written, or a warehouse that a build holds, is a matter of seconds.
      for (const error of toSlaErrors(thrown))
        effects.emit({
          type: "warning",
          at: effects.clock(),
          message: `The site is not written anew: ${error.message}`,
          ...(error.location === undefined ? {} : { path: error.location.path }),
        });
    }
  };
  const watching = watchProject(project, () => {
    if (waiting) return;
    waiting = true;
    writing = writing.then(write);
  });
  told.serving(server.url);
  await stopped(effects.signal);
  watching.close();
  await writing;
  await server.close();
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener("abort", () => done(), { once: true });
  });
}
