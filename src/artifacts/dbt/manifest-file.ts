import {
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { SlaError } from "../../errors/index.js";
import type { ManifestSection } from "./manifest.js";

/** What stands between the header and the rest. */
const END_OF_HEADER = ',\n"nodes": {';

/** Enough for any header. */
const HEADER_ROOM = 8192;

/** How much text is collected before it is written. */
const CHUNK = 1 << 20;

/** What a manifest says of how it was made: the project, and which of its nodes were compiled. */
export interface ManifestMade {
  digest: string;
  compiled: string;
}

/** What the manifest in a file says of itself; null where there is none of ours. */
export function readMade(path: string): (ManifestMade & { header: string }) | null {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return null;
  }
  try {
    const room = Buffer.alloc(HEADER_ROOM);
    const start = room.subarray(0, readSync(file, room, 0, HEADER_ROOM, 0)).toString();
    const end = start.indexOf(END_OF_HEADER);
    if (end < 0) return null;
    const header = start.slice(0, end);
    const { metadata } = JSON.parse(`${header}}`) as { metadata: { env?: Record<string, string> } };
    const { SLA_DIGEST: digest, SLA_COMPILED: compiled } = metadata.env ?? {};
    return digest === undefined || compiled === undefined ? null : { digest, compiled, header };
  } catch {
    return null;
  } finally {
    closeSync(file);
  }
}

/** The text before the sections. */
export function headerText(metadata: unknown): string {
  return `{\n"metadata": ${JSON.stringify(metadata)}`;
}

/**
 * Gives a manifest whose rest is right another header: the file is copied, which the system does without reading it, and its
 * first line is written over. False where the two headers differ in length.
 */
export function changeHeader(path: string, before: string, header: string): boolean {
  const bytes = Buffer.from(header);
  if (bytes.length !== Buffer.byteLength(before)) return false;
  whole(path, (beside) => {
    copyFileSync(path, beside);
    const file = openSync(beside, "r+");
    try {
      writeSync(file, bytes, 0, bytes.length, 0);
    } finally {
      closeSync(file);
    }
  });
  return true;
}

/** Writes a manifest, an entry a line, without ever holding it whole. */
export function writeManifestFile(
  path: string,
  header: string,
  sections: readonly ManifestSection[],
  redact: (text: string) => string,
): void {
  whole(path, (beside) => {
    const file = openSync(beside, "w");
    // Texts are copied out of the heap at once: kept until they are written, they would outlive the young and burden every collection.
    const room = Buffer.allocUnsafe(CHUNK);
    let used = 0;
    const flush = (): void => {
      writeFileSync(file, room.subarray(0, used));
      used = 0;
    };
    const put = (text: string): void => {
      // A UTF-16 unit is at most three bytes of UTF-8.
      if (used + text.length * 3 > CHUNK) flush();
      if (text.length * 3 > CHUNK) writeFileSync(file, text);
      else used += room.write(text, used);
    };
    try {
      put(header);
      for (const [section, entries] of sections) {
        put(`,\n${JSON.stringify(section)}: {`);
        let separator = "\n";
        for (const [key, value] of entries) {
          put(`${separator}${JSON.stringify(key)}: ${redact(JSON.stringify(value))}`);
          separator = ",\n";
        }
        put("}");
      }
      put("\n}\n");
      flush();
    } finally {
      closeSync(file);
    }
  });
}

/** Makes a file beside the one that is meant, and puts it in its place when it is done. */
function whole(path: string, make: (beside: string) => void): void {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    make(beside);
    renameSync(beside, path);
  } catch (cause) {
    rmSync(beside, { force: true });
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    throw new SlaError({ code: "SLA112", message: `cannot write ${path} (${reason})`, cause });
  }
}
