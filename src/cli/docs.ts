import { relative } from "node:path";
import { SlaError } from "../errors/index.js";
import type { Arguments, Terminal } from "./command.js";
import { commandOptions, effects, text } from "./command-options.js";
import { count, seconds } from "./render/number.js";
import { warnings } from "./warnings.js";

/** `docs generate`, `docs serve`, and the manual pages. */
export function docsCommand(args: Arguments, terminal: Terminal): Promise<number> {
  if (args.what === "serve") return serve(args, terminal);
  if (args.what === "generate") return generate(args, terminal);
  return manualCommand(args.what, args, terminal);
}

/** `help`, and `docs` with the name of a command. */
export async function manualCommand(named: unknown, args: Arguments, terminal: Terminal): Promise<number> {
  return (await import("./manual/help.js")).showManual(named as string | undefined, args, terminal);
}

/** Writes the site and says where it is. */
export async function generate(args: Arguments, terminal: Terminal): Promise<number> {
  const { generateDocs } = await import("../commands/docs.js");
  const emptyCatalog = args.emptyCatalog === true;
  const options = { ...commandOptions(args, terminal), emptyCatalog };
  const began = performance.now();
  const { folder, nodes, bytes } = await generateDocs(options, effects(terminal, warnings(terminal)));
  terminal.stdout.write(
    `Wrote ${relative(terminal.projectDir, folder)}/index.html: ${count(nodes, "node")}, ${(bytes / 1e6).toFixed(1)} MB in ${seconds((performance.now() - began) / 1000)}\n`,
  );
  return 0;
}

/** Ends when it is stopped, which is how it is meant to end. */
async function serve(args: Arguments, terminal: Terminal): Promise<number> {
  const { serveDocs } = await import("../commands/docs-serve.js");
  const options = {
    ...commandOptions(args, terminal),
    emptyCatalog: args.emptyCatalog === true,
    host: text(args, "host") ?? "127.0.0.1",
    port: portOf(args),
  };
  await serveDocs(options, effects(terminal, warnings(terminal)), {
    serving: (url) =>
      terminal.stdout.write(`Serving ${url}, and following the project's files. Ctrl-C ends it.\n`),
    written: (took) => terminal.stdout.write(`Written anew in ${seconds(took)}\n`),
  });
  return 0;
}

function portOf({ port }: Arguments): number {
  if (typeof port === "number" && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new SlaError({ code: "SLA701", message: "--port takes a whole number from 0 to 65535" });
}
