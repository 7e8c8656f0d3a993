/** Text written piece by piece from another text, that knows where each piece came from. */
export class SourceMap {
  readonly #source: string;
  readonly #pieces: { written: number; source: number; copied: boolean }[] = [];
  #text = "";

  constructor(source: string) {
    this.#source = source;
  }

  /** Writes the source from `start` to `end` as it is. */
  copy(start: number, end: number): void {
    this.#pieces.push({ written: this.#text.length, source: start, copied: true });
    this.#text += this.#source.slice(start, end);
  }

  /** Writes other text in the place of what stands at `at`. */
  replace(text: string, at: number): void {
    this.#pieces.push({ written: this.#text.length, source: at, copied: false });
    this.#text += text;
  }

  get text(): string {
    return this.#text;
  }

  /** The offset in the source for an offset in the text written, the latter counted in code points as the parser does. */
  sourceOffset(codePoints: number): number {
    const written = utf16Offset(this.#text, codePoints);
    let low = 0;
    let high = this.#pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#pieces[middle]!.written <= written) low = middle;
      else high = middle - 1;
    }
    const piece = this.#pieces[low];
    if (piece === undefined) return 0;
    return piece.copied ? piece.source + (written - piece.written) : piece.source;
  }
}

const SURROGATE = /[\ud800-\udbff]/;

function utf16Offset(text: string, codePoints: number): number {
  if (!SURROGATE.test(text)) return codePoints;
  let offset = 0;
  for (let left = codePoints; left > 0 && offset < text.length; left -= 1) {
    offset += text.codePointAt(offset)! > 0xffff ? 2 : 1;
  }
  return offset;
}
