import type { ValidatedFile } from "../commands/index.js";
import { SlaError } from "../errors/index.js";
import type { Arguments, Terminal } from "./command.js";
import { commandOptions, effects, text } from "./command-options.js";
import { count } from "./render/number.js";
import { colorsFor } from "./render/style.js";
import { warnings } from "./warnings.js";

/** `tableau validate`: what is wrong in each file; 1 if anything is. */
export async function validateCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const files = ((args.files as unknown[] | undefined) ?? []).map(String);
  if (files.length === 0)
    throw new SlaError({
      code: "SLA701",
      message: "tableau validate needs a file",
      hint: "sla tableau validate target/tableau/*.twb target/tableau/*.tds",
    });
  const { validateTableau } = await import("../commands/tableau-validate.js");
  const options = {
    ...commandOptions(args, terminal),
    files,
    schemas: text(args, "schemas"),
    noWarehouse: args.warehouse === false,
  };
  const results = await validateTableau(options, effects(terminal, warnings(terminal)));
  if (args.output === "json") terminal.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
  else for (const result of results) print(result, terminal);
  return results.some(({ findings }) => findings.length > 0) ? 1 : 0;
}

function print(
  { file, version, findings, schema, compared, notes }: ValidatedFile,
  { stdout }: Terminal,
): void {
  const { green, red, bold, cyan, yellow } = colorsFor(stdout);
  for (const { check, line, message, hint } of findings) {
    stdout.write(`${red(bold("FAIL"))} ${bold(check)}  ${cyan(line === null ? file : `${file}:${line}`)}\n`);
    stdout.write(`  ${message}\n  Hint: ${hint}\n`);
  }
  for (const note of notes) stdout.write(`${yellow(bold("NOTE"))} ${file}: ${note}\n`);
  const done = [
    version === "" ? "not read" : `version ${version}`,
    `schema ${schema}`,
    compared === null
      ? "figures not compared"
      : `${count(compared.length, "sheet")} with ${count(
          compared.reduce((sum, { figures }) => sum + figures, 0),
          "figure",
        )} compared`,
  ];
  const verdict = findings.length === 0 ? green(bold("PASS")) : red(bold("FAIL"));
  stdout.write(
    `${verdict} ${file}: ${findings.length === 0 ? "nothing found" : `${findings.length} found`}, ${done.join(", ")}\n`,
  );
}
