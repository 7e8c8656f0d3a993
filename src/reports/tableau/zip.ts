import { Zip, ZipDeflate } from "fflate";
import { SlaError } from "../../errors/index.js";

/** A file of an archive; its text may come in pieces of any size. */
export interface ZipEntry {
  name: string;
  text: AsyncIterable<string> | Iterable<string>;
}

/** Compressed in pieces of this size, whatever those are in which they come: what comes out depends on the content alone. */
const PIECE = 1 << 16;

/** An archive of this form counts with 32 bits. */
const MOST_BYTES = 0xffff_ffff;

/** Zips keep local time: this reads the same everywhere. */
const MOMENT = new Date(1980, 0, 1, 12);

/** The bytes of an archive, in pieces, as they are made: never more of it than a few pieces in memory. The same files make the same bytes. */
export async function* zipped(entries: readonly ZipEntry[]): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  let total = 0;
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    total += bytes.length;
    ready.push(bytes);
  });
  for (const { name, text } of entries) {
    const file = new ZipDeflate(name, { level: 6 });
    file.mtime = MOMENT;
    zip.add(file);
    let size = 0;
    for await (const piece of evenPieces(text)) {
      size += piece.length;
      if (size > MOST_BYTES || total > MOST_BYTES) throw tooLarge(name);
      file.push(piece);
      yield* ready.splice(0);
    }
    file.push(new Uint8Array(0), true);
    yield* ready.splice(0);
  }
  zip.end();
  yield* ready.splice(0);
}

async function* evenPieces(text: ZipEntry["text"]): AsyncGenerator<Uint8Array> {
  let rest: Buffer[] = [];
  let length = 0;
  for await (const given of text) {
    const bytes = Buffer.from(given);
    rest.push(bytes);
    length += bytes.length;
    if (length < PIECE) continue;
    const whole = Buffer.concat(rest);
    let at = 0;
    for (; at + PIECE <= whole.length; at += PIECE) yield whole.subarray(at, at + PIECE);
    rest = [whole.subarray(at)];
    length -= at;
  }
  if (length > 0) yield Buffer.concat(rest);
}

function tooLarge(name: string): SlaError {
  return new SlaError({
    code: "SLA112",
    message: `a packaged workbook holds 4 GB at the most, and ${name} goes beyond`,
    hint: "Use the live workbook, and take extracts from it.",
  });
}
