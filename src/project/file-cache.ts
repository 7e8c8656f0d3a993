import { createHash, hash } from "node:crypto";
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { SlaError } from "../errors/index.js";

/** `size`, `mtime`, `ctime` (ms) of the file, when it was read (ms since the epoch), its hash, and what was made of it. */
type Entry = [size: number, mtime: number, ctime: number, readAt: number, hash: string, value: unknown];

/** A clock may tick this late (ms): a file changed so shortly before it was read may have changed after, unseen. */
const TICK = 50;
/** Where a file system keeps whole seconds only, the tick is as long as that. */
const COARSE_TICK = 2_100;

/** What `derive` is given. */
export interface FileText {
  /** Below the project, with forward slashes. */
  path: string;
  text: string;
}

/**
 * Remembers between commands what was made of each file, as plain JSON. A file is not read again while its size and
 * times are the same, and not looked into again while its text is the same. The cache is only ever an acceleration:
 * one that is missing, damaged or written by another version counts as empty.
 */
export class FileCache {
  readonly #projectDir: string;
  readonly #cachePath: string;
  readonly #stamp: string;
  readonly #now: () => number;
  readonly #before: Record<string, Entry>;
  readonly #after: Record<string, Entry> = {};
  #changed = false;

  /** `stamp` names whatever else the derived values depend on, such as the version of `sla`. */
  constructor(projectDir: string, cachePath: string, stamp: string, now: () => number = Date.now) {
    this.#projectDir = projectDir;
    this.#cachePath = cachePath;
    this.#stamp = stamp;
    this.#now = now;
    this.#before = readCache(cachePath, stamp);
  }

  /** What `derive` makes of a file's text: remembered if the file has not changed. Nothing is remembered when it throws. */
  derive<T>(path: string, derive: (file: FileText) => T): T {
    const known = this.#after[path] ?? this.#before[path];
    const absolute = join(this.#projectDir, path);
    const stat = reading(path, () => statSync(absolute));
    if (known !== undefined && isTrusted(known, stat)) {
      this.#after[path] = known;
      return known[5] as T;
    }
    const readAt = this.#now();
    const text = reading(path, () => readFileSync(absolute, "utf8"));
    const digest = hash("sha256", text);
    const value =
      known !== undefined && known[4] === digest ? (known[5] as T) : derive({ path, text: withoutBom(text) });
    this.#after[path] = [stat.size, stat.mtimeMs, stat.ctimeMs, readAt, digest, value];
    this.#changed = true;
    return value;
  }

  /** SHA-256 of a file of any size, read only when it has changed. */
  hash(path: string): string {
    const known = this.#after[path] ?? this.#before[path];
    const absolute = join(this.#projectDir, path);
    const stat = reading(path, () => statSync(absolute));
    if (known !== undefined && isTrusted(known, stat)) {
      this.#after[path] = known;
      return known[4];
    }
    const readAt = this.#now();
    const digest = reading(path, () => hashFile(absolute));
    this.#after[path] = [stat.size, stat.mtimeMs, stat.ctimeMs, readAt, digest, null];
    this.#changed = true;
    return digest;
  }

  /** One hash of all files that were read, in the order of their paths. */
  digest(): string {
    const paths = Object.keys(this.#after).sort();
    return hash(
      "sha256",
      [this.#stamp, ...paths.map((path) => `${path} ${this.#after[path]![4]}`)].join("\n"),
    );
  }

  /** The text of a file, to show or to find something in it again. */
  read(path: string): FileText {
    return { path, text: withoutBom(readFileSync(join(this.#projectDir, path), "utf8")) };
  }

  /** Writes the cache for the next command, if anything is new. A folder that cannot be written only costs time. */
  save(): void {
    if (!this.#changed && Object.keys(this.#after).length === Object.keys(this.#before).length) return;
    const body = JSON.stringify(this.#after);
    const temporary = `${this.#cachePath}.${process.pid}.tmp`;
    try {
      mkdirSync(dirname(this.#cachePath), { recursive: true });
    } catch {
      return;
    }
    try {
      writeFileSync(temporary, `${header(this.#stamp, body)}\n${body}`);
      renameSync(temporary, this.#cachePath);
    } catch {
      rmSync(temporary, { force: true });
    }
  }
}

/** Does something with a file; what the system says against it becomes SLA112. */
function reading<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new SlaError({
      code: "SLA112",
      message: `${path} cannot be read (${reason})`,
      hint: reason === "EACCES" ? "Give yourself the right to read it." : undefined,
      location: { path },
      cause,
    });
  }
}

function isTrusted(entry: Entry, stat: { size: number; mtimeMs: number; ctimeMs: number }): boolean {
  const [size, mtime, ctime, readAt] = entry;
  if (stat.size !== size || stat.mtimeMs !== mtime || stat.ctimeMs !== ctime) return false;
  const tick = ctime % 1000 === 0 ? COARSE_TICK : TICK;
  return Math.max(mtime, ctime) < readAt - tick;
}

function hashFile(path: string): string {
  const sum = createHash("sha256");
  const buffer = Buffer.allocUnsafe(1 << 20);
  const file = openSync(path, "r");
  try {
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer))
      sum.update(buffer.subarray(0, read));
  } finally {
    closeSync(file);
  }
  return sum.digest("hex");
}

/** The text without the byte order mark that some editors write. */
function withoutBom(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function header(stamp: string, body: string): string {
  return `${stamp} ${hash("sha256", body)}`;
}

function readCache(path: string, stamp: string): Record<string, Entry> {
  try {
    const content = readFileSync(path, "utf8");
    const end = content.indexOf("\n");
    const body = content.slice(end + 1);
    return content.slice(0, end) === header(stamp, body) ? (JSON.parse(body) as Record<string, Entry>) : {};
  } catch {
    return {};
  }
}
