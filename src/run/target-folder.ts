import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { SlaError } from "../errors/index.js";
import { type Node, pathInPackage } from "../manifest/index.js";

/** Writes a file whole or not at all: readers never see half of it, a full disk leaves the old one. */
export function writeWhole(path: string, text: string | Uint8Array): void {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(beside, text);
    renameSync(beside, path);
  } catch (cause) {
    discard(beside);
    throw notWritten(path, cause);
  }
}

/** The same of a file that comes in pieces, which are never all in memory; gives the number of its bytes. */
export async function writeWholeFrom(path: string, pieces: AsyncIterable<Uint8Array>): Promise<number> {
  const beside = `${path}.${process.pid}.tmp`;
  let bytes = 0;
  /** What fails on the disk is told apart from what fails where the pieces come from. */
  const onDisk = <Result>(act: () => Result): Result => {
    try {
      return act();
    } catch (cause) {
      throw notWritten(path, cause);
    }
  };
  const file = onDisk(() => {
    mkdirSync(dirname(path), { recursive: true });
    return openSync(beside, "w");
  });
  try {
    try {
      for await (const piece of pieces) {
        onDisk(() => writeFileSync(file, piece));
        bytes += piece.length;
      }
    } finally {
      closeSync(file);
    }
    onDisk(() => renameSync(beside, path));
    return bytes;
  } catch (error) {
    discard(beside);
    throw error;
  }
}

function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Where a folder of the path is a file, there is nothing to remove.
  }
}

function notWritten(path: string, cause: unknown): SlaError {
  const reason = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
  return new SlaError({
    code: "SLA112",
    message: `cannot write ${path} (${reason})`,
    hint:
      reason === "ENOSPC"
        ? "The disk is full: free some space and run again."
        : "Check that the folder exists and may be written.",
    cause,
  });
}

/** Whether a file exists and starts with this text: only so much of it is read. */
export function startsWith(path: string, text: string): boolean {
  const expected = Buffer.from(text);
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return false;
  }
  try {
    const found = Buffer.alloc(expected.length);
    return readSync(file, found) === expected.length && found.equals(expected);
  } finally {
    closeSync(file);
  }
}

/** Writes JSON as people read it: two spaces, a final newline. */
export function writeJson(path: string, value: unknown): void {
  writeWhole(path, `${JSON.stringify(value, null, 2)}\n`);
}

/**
 * Keeps a node's SQL below the target folder: `compiled/` as it was written (MySQL's SQL, templates filled in), `run/` as the
 * engine gets it. Seldom-read files, so they are written without the care that artifacts get; and not again when they would be
 * the same, since a write of a file that exists may wait for the disk.
 */
export function keepSql(targetPath: string, node: Node, compiled: string, executed: string | null): void {
  const file = join(node.package_name, sqlPath(node));
  for (const [folder, text] of [
    ["compiled", compiled],
    ["run", executed],
  ] as const) {
    if (text === null) continue;
    const path = join(targetPath, folder, file);
    if (contains(path, text)) continue;
    try {
      writeFileSync(path, text);
    } catch {
      writeWhole(path, text);
    }
  }
}

function contains(path: string, text: string): boolean {
  try {
    return readFileSync(path, "utf8") === text;
  } catch {
    return false;
  }
}

/** `models/staging/stg_tickets.sql`; a generic test stands in a folder of its properties file's name, as dbt has it. */
export function sqlPath(node: Node): string {
  const base = pathInPackage(node, node.original_file_path);
  if (node.resource_type === "test" && node.test_type !== "singular") return join(base, `${node.path}`);
  if (node.resource_type === "snapshot" && !base.endsWith(".sql")) return join(base, `${node.name}.sql`);
  return base.endsWith(".sql") ? base : `${base}.sql`;
}
