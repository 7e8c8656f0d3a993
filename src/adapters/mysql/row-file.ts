import type { Relation, TypedColumn } from "../../manifest/index.js";
import type { Value } from "../adapter.js";
import { identifier, qualified } from "./dialect.js";
import { hex, isBinary, plain } from "./row-text.js";

/** Bytes in one packet, about. */
const PACKET = 256 * 1024;
/** Room behind it, for the row that fills it. */
const ROOM = 64 * 1024;
/** Texts up to this length are copied character by character: calling the runtime costs more. */
const SHORT = 40;

/** What separates fields, escapes, and ends lines: characters that text does not have, so that next to none must be escaped. */
const FIELD = 0x01;
const ESCAPE = 0x02;
const LINE = 0x03;
const LETTER_N = 0x4e;
const ZERO = 0x30;

// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those, and NUL, which LOAD DATA reads as it likes
const SPECIALS = /[\0\x01\x02\x03]/g;

function escaped(text: string): string {
  return text.replace(SPECIALS, (char) => `\x02${char === "\0" ? "0" : char}`);
}

/**
 * Rows as the file that `loadData` reads, made packet by packet. Bytes are written as the rows come: neither rows nor pieces of
 * text pile up for the garbage collector, which would take longer than all the rest.
 */
export class RowFile {
  readonly #binary: boolean[];
  #bytes = Buffer.allocUnsafe(PACKET + ROOM);
  #at = 0;

  constructor(columns: readonly TypedColumn[]) {
    this.#binary = columns.map((column) => isBinary(column.type));
  }

  /** Whether a packet has come together. */
  get full(): boolean {
    return this.#at >= PACKET;
  }

  /** What has been added since the last time. */
  take(): Buffer {
    const packet = this.#bytes.subarray(0, this.#at);
    this.#bytes = Buffer.allocUnsafe(PACKET + ROOM);
    this.#at = 0;
    return packet;
  }

  add(row: readonly Value[]): void {
    const binary = this.#binary;
    for (let index = 0; index < binary.length; index++) {
      this.#reserve(32);
      if (index > 0) this.#bytes[this.#at++] = FIELD;
      const value = row[index];
      if (value === null || value === undefined) {
        this.#bytes[this.#at++] = ESCAPE;
        this.#bytes[this.#at++] = LETTER_N;
      } else if (binary[index]) {
        this.#text(hex(value));
      } else if (typeof value === "string") {
        this.#text(value);
      } else if (typeof value === "number" && value >= 0 && value <= 0x3fffffff && Number.isInteger(value)) {
        this.#digits(value);
      } else {
        this.#text(plain(value));
      }
    }
    this.#reserve(2);
    this.#bytes[this.#at++] = LINE;
    this.#bytes[this.#at++] = FIELD;
  }

  #digits(value: number): void {
    let end = this.#at + 1;
    for (let limit = 10; value >= limit; limit *= 10) end++;
    this.#at = end;
    let rest = value | 0;
    do {
      const tens = (rest / 10) | 0;
      this.#bytes[--end] = ZERO + rest - tens * 10;
      rest = tens;
    } while (rest > 0);
  }

  #text(text: string): void {
    const { length } = text;
    this.#reserve(length * 3 + 8);
    const bytes = this.#bytes;
    const start = this.#at;
    if (length <= SHORT) {
      let at = 0;
      for (; at < length; at++) {
        const code = text.charCodeAt(at);
        if (code > 0x7f || code <= LINE) break;
        bytes[start + at] = code;
      }
      if (at === length) {
        this.#at = start + length;
        return;
      }
    }
    const end = start + bytes.write(text, start, "utf8");
    this.#at = end;
    for (let at = start; at < end; at++) {
      if (bytes[at]! > LINE) continue;
      this.#at = start;
      this.#raw(escaped(text));
      return;
    }
  }

  #raw(text: string): void {
    this.#reserve(text.length * 3 + 8);
    this.#at += this.#bytes.write(text, this.#at, "utf8");
  }

  #reserve(size: number): void {
    if (this.#at + size <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#at + size));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}

/** The statement that reads a `RowFile`. */
export function loadData(relation: Relation, columns: readonly TypedColumn[]): string {
  const targets = columns.map((column, index) =>
    isBinary(column.type) ? `@v${index}` : identifier(column.name),
  );
  const sets = columns.flatMap((column, index) =>
    isBinary(column.type) ? [`${identifier(column.name)} = UNHEX(@v${index})`] : [],
  );
  return [
    `LOAD DATA LOCAL INFILE 'rows' INTO TABLE ${qualified(relation)}`,
    "CHARACTER SET utf8mb4 FIELDS TERMINATED BY X'01' ESCAPED BY X'02' LINES TERMINATED BY X'0301'",
    `(${targets.join(", ")})${sets.length > 0 ? ` SET ${sets.join(", ")}` : ""}`,
  ].join(" ");
}
