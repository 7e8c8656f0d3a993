import type { LineageAnswer } from "../../commands/index.js";
import type { LineageTransformation } from "../../manifest/index.js";
import { count } from "./number.js";
import { colorsFor } from "./style.js";

type Ref = LineageAnswer["start"];
type Step = ReturnType<LineageAnswer["graph"]["inputs"]>[number];
type Direction = "inputs" | "uses";

/** How an input takes part, for people. */
const WORDS: Readonly<Record<LineageTransformation["subtype"], string>> = {
  IDENTITY: "copied",
  TRANSFORMATION: "computed",
  AGGREGATION: "aggregated",
  CONDITIONAL: "by condition",
  WINDOW: "over window",
  JOIN: "joined by",
  FILTER: "filtered by",
  GROUP_BY: "grouped by",
  SORT: "sorted by",
};

/** A line of text in the making: its parts are aligned with those of other lines. */
interface Line {
  lead: string;
  name: string;
  note: string;
}

/** The answer as trees: what a column comes from, what decides over its rows, and where it goes. */
export function renderLineage(answer: LineageAnswer, depth: number, stream: NodeJS.WriteStream): string {
  const { start } = answer;
  const { bold, dim } = colorsFor(stream);
  const description = answer.descriptionOf(start).replace(/\s+/g, " ").trim();
  const title = [bold(nameOf(start, answer)), dim(typeOf(start, answer))].join("  ");
  const blocks = [[title, ...(description === "" ? [] : [dim(description)])]];
  const draw = start.column === null ? nodeTable : columnTree;
  if (answer.upstream !== null) {
    blocks.push([bold("comes from"), ...draw(answer, "inputs", depth, stream)]);
    const rows = rowLines(answer, stream);
    if (rows.length > 0) blocks.push([bold(`rows of ${answer.nameOf(start.node)}`), ...rows]);
  }
  if (answer.downstream !== null) blocks.push([bold("goes into"), ...draw(answer, "uses", depth, stream)]);
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/** The answer as a graph for programs. */
export function lineageJson({ start, lineage, upstream, downstream, nameOf: owner }: LineageAnswer): string {
  const { basis, columns, rows, complete, reason } = lineage.nodes[start.node]!;
  const one = start.column === null ? columns : columns.filter(({ name }) => name === start.column);
  const value = {
    node: start.node,
    name: owner(start.node),
    column: start.column,
    basis,
    complete,
    ...(reason !== undefined && { reason }),
    columns: one,
    rows,
    ...(upstream !== null && { upstream }),
    ...(downstream !== null && { downstream }),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function nameOf({ node, column }: Ref, answer: LineageAnswer): string {
  return column === null ? answer.nameOf(node) : `${answer.nameOf(node)}.${column}`;
}

function typeOf({ node, column }: Ref, answer: LineageAnswer): string {
  const type = answer.typeOf(node);
  return column === null ? `${type}, ${count(answer.lineage.nodes[node]!.columns.length, "column")}` : type;
}

function words(how: Step["how"]): string {
  return how.map(({ subtype }) => WORDS[subtype]).join(", ");
}

/** What is said of a column that has no inputs, or not only those shown. */
function status({ node, column }: Ref, answer: LineageAnswer): string | undefined {
  const origin = answer.lineage.nodes[node]?.columns.find(({ name }) => name === column);
  if (origin === undefined) return undefined;
  if (origin.status === "unknown") return `unknown: ${origin.reason}`;
  if (origin.inputs.length > 0) return undefined;
  return answer.lineage.nodes[node]?.basis === "origin" ? answer.typeOf(node) : "of no column";
}

function columnTree(
  answer: LineageAnswer,
  direction: Direction,
  depth: number,
  stream: NodeJS.WriteStream,
): string[] {
  const lines: Line[] = [];
  const shown = new Set<string>();
  const visit = (at: Ref, lead: string, level: number): void => {
    const steps = level >= depth ? [] : answer.graph[direction](at);
    for (const [index, step] of steps.entries()) {
      const last = index === steps.length - 1;
      const isRows = step.column === null;
      const name = isRows ? `rows of ${answer.nameOf(step.node)}` : nameOf(step, answer);
      const key = `${step.node} ${step.column}`;
      const repeated = shown.has(key) && answer.graph[direction](step).length > 0 && !isRows;
      shown.add(key);
      const notes = [words(step.how), direction === "inputs" ? status(step, answer) : undefined];
      if (repeated) notes.push("see above");
      lines.push({
        lead: lead + (last ? "└─ " : "├─ "),
        name,
        note: notes.filter((note) => note !== undefined).join(" · "),
      });
      if (!repeated && !isRows) visit(step, lead + (last ? "   " : "│  "), level + 1);
    }
  };
  visit(answer.start, "", 0);
  if (lines.length > 0) return aligned(lines, stream);
  const none = direction === "inputs" ? (status(answer.start, answer) ?? "") : "no other column";
  return [colorsFor(stream).dim(`└─ ${none}`)];
}

/** A line for each column of a node: its neighbours, by how they take part. */
function nodeTable(
  answer: LineageAnswer,
  direction: Direction,
  _depth: number,
  stream: NodeJS.WriteStream,
): string[] {
  const { node } = answer.start;
  const lines = answer.lineage.nodes[node]!.columns.map(({ name }): Line => {
    const at = { node, column: name };
    const groups = new Map<string, string[]>();
    for (const step of answer.graph[direction](at)) {
      const how = words(step.how);
      const text = step.column === null ? `rows of ${answer.nameOf(step.node)}` : nameOf(step, answer);
      groups.set(how, [...(groups.get(how) ?? []), text]);
    }
    const notes = [...groups].map(([how, names]) => `${how} ${names.join(", ")}`);
    const none = notes.length === 0 ? "no other column" : undefined;
    const note = direction === "inputs" ? status(at, answer) : none;
    if (note !== undefined) notes.push(note);
    return { lead: "  ", name, note: notes.join("; ") };
  });
  return aligned(lines, stream);
}

/** What decides over the rows of the node, one line for each way. */
function rowLines({ lineage, start, nameOf: owner }: LineageAnswer, stream: NodeJS.WriteStream): string[] {
  const { rows, reason } = lineage.nodes[start.node]!;
  const ways = new Map<string, string[]>();
  for (const { node, column, subtype } of rows) {
    const way = WORDS[subtype];
    ways.set(way, [...(ways.get(way) ?? []), `${owner(node)}.${column}`]);
  }
  const lines = [...ways].map(([name, columns]) => ({ lead: "  ", name, note: columns.join(", ") }));
  if (reason !== undefined) lines.push({ lead: "  ", name: "unknown", note: reason });
  return aligned(lines, stream);
}

/** Names in one column, what is said of them in another: in lines of its own where a terminal is too narrow. */
function aligned(lines: readonly Line[], stream: NodeJS.WriteStream): string[] {
  const { dim, yellow } = colorsFor(stream);
  const width = Math.max(0, ...lines.map(({ lead, name }) => lead.length + name.length)) + 2;
  const room = stream.columns === undefined ? Number.POSITIVE_INFINITY : Math.max(30, stream.columns - width);
  return lines.flatMap(({ lead, name, note }) => {
    if (note === "") return [dim(lead) + name];
    const color = note.includes("unknown") || name === "unknown" ? yellow : dim;
    const space = " ".repeat(width - lead.length - name.length);
    const [first = "", ...others] = wrapped(note, room).map(color);
    return [dim(lead) + name + space + first, ...others.map((text) => " ".repeat(width) + text)];
  });
}

function wrapped(text: string, room: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
