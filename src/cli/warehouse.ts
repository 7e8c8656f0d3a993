import { diff, orphans, plan, runs } from "../commands/index.js";
import type { Arguments, Terminal } from "./command.js";
import { commandOptions, effects, text } from "./command-options.js";
import { count, integer } from "./render/number.js";
import { renderRows } from "./render/rows.js";
import { colorsFor } from "./render/style.js";
import { warnings } from "./warnings.js";

/** `runs`: a line per run. */
export async function runsCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const shown = await runs(
    { ...commandOptions(args, terminal), limit: Number(args.limit) },
    effects(terminal, warnings(terminal)),
  );
  terminal.stdout.write(renderRows(shown, "table", terminal.stdout));
  return 0;
}

/** `clean --orphans`: a line per relation, and what to do about them. */
export async function orphansCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const drop = args.yes === true;
  const found = await orphans(
    { ...commandOptions(args, terminal), drop },
    effects(terminal, warnings(terminal)),
  );
  for (const { type, schema, identifier, unique_id } of found) {
    terminal.stdout.write(
      `${drop ? "dropped " : ""}${type.padEnd(5)} ${schema}.${identifier}  (${unique_id})\n`,
    );
  }
  const rest = drop || found.length === 0 ? "" : " `sla clean --orphans --yes` drops them.";
  terminal.stdout.write(`${count(found.length, "orphan")}.${rest}\n`);
  return 0;
}

/** `plan`: a line per node: what would be done, why, and what would change in its columns. */
export async function planCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const { green, yellow, dim, red } = colorsFor(terminal.stdout);
  const planned = await plan(
    { ...commandOptions(args, terminal), fullRefresh: args.fullRefresh === true },
    effects(terminal, warnings(terminal)),
  );
  const paint = { create: green, replace: yellow, reuse: dim };
  const width = Math.max(4, ...planned.map(({ name }) => name.length));
  for (const node of planned) {
    const rows = node.rows === null ? "" : `${integer(node.rows)} rows`;
    const parts = [
      paint[node.action](node.action.padEnd(7)),
      dim(node.materialized.padEnd(11)),
      node.name.padEnd(width),
      rows.padStart(14),
      ` ${node.reasons.join(", ")}`,
    ];
    terminal.stdout.write(`${parts.join(" ")}\n`);
    const added = [...(node.columns?.added ?? []), ...(node.keys?.added ?? [])];
    const removed = [...(node.columns?.removed ?? []), ...(node.keys?.removed ?? [])];
    for (const what of added) terminal.stdout.write(`        ${green(`+ ${what}`)}\n`);
    for (const what of removed) terminal.stdout.write(`        ${red(`- ${what}`)}\n`);
  }
  const of = (action: string): number => planned.filter((node) => node.action === action).length;
  terminal.stdout.write(
    `\n${count(planned.length, "node")}: ${of("create")} to create, ${of("replace")} to replace, ${of("reuse")} that --reuse would leave as they are. Nothing was done.\n`,
  );
  return 0;
}

/** `diff`: counts and examples per node; 0 whether or not there are differences. */
export async function diffCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const { bold, green, red, yellow, dim } = colorsFor(terminal.stdout);
  const found = await diff(
    {
      ...commandOptions(args, terminal),
      node: text(args, "node"),
      with: text(args, "with"),
      examples: Number(args.examples),
    },
    effects(terminal, warnings(terminal)),
  );
  if (found.length === 0)
    terminal.stdout.write("Nothing to compare: no unpublished build stands beside the selected models.\n");
  for (const one of found) {
    const by = one.key.length > 0 ? `by ${one.key.join(", ")}` : "by all columns, as it has no primary key";
    terminal.stdout.write(`${bold(one.live)} against ${one.other}, ${by}\n`);
    terminal.stdout.write(`  rows ${integer(one.rows.live)} → ${integer(one.rows.other)}: `);
    terminal.stdout.write(
      `${green(`${integer(one.added)} added`)}, ${red(`${integer(one.removed)} removed`)}, ${yellow(`${integer(one.changed)} changed`)}\n`,
    );
    for (const column of one.columns.added) terminal.stdout.write(`  ${green(`+ column ${column}`)}\n`);
    for (const column of one.columns.removed) terminal.stdout.write(`  ${red(`- column ${column}`)}\n`);
    for (const { kind, key, columns } of one.examples) {
      const changes = Object.entries(columns).map(
        ([column, [before, after]]) => `${column}: ${before} → ${after}`,
      );
      terminal.stdout.write(
        `  ${dim(kind.padEnd(7))} ${key}${changes.length > 0 ? `  ${changes.join("; ")}` : ""}\n`,
      );
    }
  }
  return 0;
}
