import { createReadStream } from "node:fs";
import { join } from "node:path";
import { SlaError } from "../errors/index.js";
import {
  type ColumnType,
  parseColumnType,
  type SeedNode,
  type TypedColumn,
  type Value,
} from "../manifest/index.js";
import { ColumnGuess } from "./csv-inference.js";
import { fieldReader, MisfitField } from "./csv-value.js";
import type { Project } from "./project.js";

const BATCH = 2_000;

/** A CSV seed, ready to be loaded. */
export interface CsvSeed {
  columns: TypedColumn[];
  /** Those of inferred type whose integers a JavaScript number holds, as far as the file goes. */
  safeIntegers: ReadonlySet<string>;
  /** The rows in batches, read as they are asked for. */
  rows(): AsyncIterable<Value[][]>;
}

/** A line of the file, split into fields. */
interface Record {
  line: number;
  fields: string[];
}

/** Finds the columns of a CSV seed and their types: those declared, or those that fit the whole file (read once for that). */
export async function readCsv(project: Pick<Project, "dir">, seed: SeedNode): Promise<CsvSeed> {
  const declared = declaredTypes(seed);
  const guesses: (ColumnGuess | undefined)[] = [];
  let header: string[] | undefined;
  for await (const { line, fields } of records(project.dir, seed)) {
    if (header === undefined) {
      header = checkHeader(fields, declared, seed, line);
      guesses.push(...header.map((name) => (declared.has(name) ? undefined : new ColumnGuess())));
      if (guesses.every((guess) => guess === undefined)) break;
    } else {
      checkWidth(header, fields, seed, line);
      for (const [at, guess] of guesses.entries()) guess?.see(fields[at]!);
    }
  }
  if (header === undefined) throw invalid(seed, 1, "the file is empty", "The first line names the columns.");
  const columns = header.map(
    (name, at): TypedColumn => ({
      name,
      type: declared.get(name) ?? guesses[at]!.type(),
      nullable: !seed.config.primary_key.includes(name),
      description: "",
    }),
  );
  const safeIntegers = new Set(header.filter((_, at) => guesses[at]?.isSafeInteger === true));
  return { columns, safeIntegers, rows: () => batches(project.dir, seed, columns) };
}

/** The names of its columns, from its first line alone. */
export async function csvHeader(project: Pick<Project, "dir">, seed: SeedNode): Promise<string[]> {
  for await (const { line, fields } of records(project.dir, seed))
    return checkHeader(fields, new Map(), seed, line);
  return [];
}

async function* batches(
  dir: string,
  seed: SeedNode,
  columns: readonly TypedColumn[],
): AsyncGenerator<Value[][]> {
  const readers = columns.map((column) => fieldReader(column.type));
  const header = columns.map((column) => column.name);
  let batch: Value[][] = [];
  let isHeader = true;
  for await (const { line, fields } of records(dir, seed)) {
    if (isHeader) {
      isHeader = false;
      continue;
    }
    checkWidth(header, fields, seed, line);
    const row = new Array<Value>(fields.length);
    for (let at = 0; at < fields.length; at++) {
      try {
        row[at] = readers[at]!(fields[at]!);
      } catch (error) {
        throw error instanceof MisfitField ? misfit(seed, line, columns[at]!, fields[at]!, error) : error;
      }
    }
    batch.push(row);
    if (batch.length === BATCH) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

async function* records(dir: string, seed: SeedNode): AsyncGenerator<Record> {
  const { parse } = await import("csv-parse");
  const parser = parse({
    bom: true,
    delimiter: seed.config.delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  const input = createReadStream(join(dir, seed.original_file_path));
  input.on("error", (error) => parser.destroy(error));
  let before = 0;
  try {
    for await (const { record, info } of input.pipe(parser) as AsyncIterable<{
      record: string[];
      info: { lines: number; empty_lines: number };
    }>) {
      // A quoted field may span lines: a record starts on the line after the one before, blank lines aside.
      const spans = record.some((field) => field.includes("\n"));
      yield { line: spans ? before + 1 : info.lines, fields: record };
      before = info.lines;
    }
  } catch (error) {
    throw await csvError(error, dir, seed);
  } finally {
    input.destroy();
  }
}

function declaredTypes(seed: SeedNode): Map<string, ColumnType> {
  const types = new Map<string, ColumnType>();
  for (const column of Object.values(seed.columns)) {
    if (column.data_type !== null) types.set(column.name, parseColumnType(column.data_type)!);
  }
  for (const [name, type] of Object.entries(seed.config.column_types))
    types.set(name, parseColumnType(type)!);
  return types;
}

function checkHeader(
  fields: string[],
  declared: Map<string, ColumnType>,
  seed: SeedNode,
  line: number,
): string[] {
  const seen = new Set<string>();
  for (const [at, name] of fields.entries()) {
    if (name.trim() === "") throw invalid(seed, line, `column ${at + 1} has no name`);
    if (seen.has(name.toLowerCase())) throw invalid(seed, line, `there are two columns "${name}"`);
    seen.add(name.toLowerCase());
  }
  for (const name of declared.keys()) {
    if (!fields.includes(name)) {
      throw invalid(
        seed,
        line,
        `a type is declared for "${name}", which is no column of the file`,
        `Columns are ${fields.join(", ")}.`,
      );
    }
  }
  return fields;
}

function checkWidth(
  header: readonly string[],
  fields: readonly string[],
  seed: SeedNode,
  line: number,
): void {
  if (fields.length === header.length) return;
  throw invalid(
    seed,
    line,
    `the row has ${fields.length} field${fields.length === 1 ? "" : "s"}, the header has ${header.length}`,
    `A field that contains the delimiter "${seed.config.delimiter}" must stand in double quotes.`,
  );
}

function misfit(
  seed: SeedNode,
  line: number,
  column: TypedColumn,
  field: string,
  error: MisfitField,
): SlaError {
  const shown = field.length > 60 ? `${field.slice(0, 57)}…` : field;
  return invalid(
    seed,
    line,
    `column "${column.name}" expects ${error.message}, found "${shown}"`,
    "Correct the value, or declare another type under column_types.",
  );
}

async function csvError(thrown: unknown, dir: string, seed: SeedNode): Promise<unknown> {
  const error = thrown as { code?: string; lines?: number; message: string };
  if (!error.code?.startsWith("CSV_")) return thrown;
  const hint = "A double quote inside a quoted field is written twice.";
  if (error.code === "CSV_QUOTE_NOT_CLOSED") {
    return invalid(
      seed,
      await openQuoteLine(join(dir, seed.original_file_path)),
      "a quoted field is never closed",
      hint,
    );
  }
  return invalid(seed, error.lines, error.message.split(/,? at line \d+/)[0]!, hint);
}

/** The line of the last quote that opens a field. */
async function openQuoteLine(path: string): Promise<number> {
  let line = 1;
  let opened = 1;
  let isOpen = false;
  for await (const chunk of createReadStream(path, "utf8")) {
    for (const character of chunk as string) {
      if (character === "\n") line += 1;
      else if (character === '"') {
        isOpen = !isOpen;
        if (isOpen) opened = line;
      }
    }
  }
  return opened;
}

function invalid(seed: SeedNode, line: number | undefined, message: string, hint?: string): SlaError {
  return new SlaError({
    code: "SLA108",
    message,
    hint,
    location: { path: seed.original_file_path, ...(line !== undefined && { line }) },
    node: seed.unique_id,
  });
}
