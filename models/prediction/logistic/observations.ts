import { Column } from "./column.js";
import { type Feature, type GivenRow, levelOf } from "./feature.js";

/** Cases whose outcome is known, in the order in which they were added; a few bytes each, so that a million fit. */
export class Observations {
  readonly features: readonly Feature[];
  /** Periods in the order in which they were met first. */
  readonly periods: string[] = [];
  /** Levels of each feature in the order in which they were met first. */
  readonly levels: readonly string[][];
  readonly #numbers: readonly Map<string, number>[];
  readonly #periodNumbers = new Map<string, number>();
  readonly #cells: readonly Column<Uint32Array>[];
  readonly #period = new Column(new Uint32Array(1024));
  readonly #outcome = new Column(new Uint8Array(1024));
  readonly #hash = new Column(new Uint32Array(1024));
  readonly #marked = new Column(new Uint8Array(1024));

  constructor(features: readonly Feature[]) {
    this.features = features;
    this.levels = features.map(() => []);
    this.#numbers = features.map(() => new Map());
    this.#cells = features.map(() => new Column(new Uint32Array(1024)));
  }

  get count(): number {
    return this.#outcome.length;
  }

  /** `key` tells cases apart for sampling; `marked` is for whoever reads them. */
  add(row: GivenRow, key: string | number, period: string, outcome: boolean, marked = false): void {
    this.features.forEach((feature, n) => {
      const level = levelOf(feature, row);
      this.#cells[n]!.push(number(level, this.#numbers[n]!, this.levels[n]!));
    });
    this.#period.push(number(period, this.#periodNumbers, this.periods));
    this.#outcome.push(outcome ? 1 : 0);
    this.#hash.push(hash(String(key)));
    this.#marked.push(marked ? 1 : 0);
  }

  /** The number of a case's level among `levels` of the feature. */
  level(feature: number, at: number): number {
    return this.#cells[feature]!.values[at]!;
  }

  period(at: number): string {
    return this.periods[this.#period.values[at]!]!;
  }

  outcome(at: number): boolean {
    return this.#outcome.values[at] === 1;
  }

  marked(at: number): boolean {
    return this.#marked.values[at] === 1;
  }

  /** A number from the case's key alone: the same in every build and on every engine. */
  hash(at: number): number {
    return this.#hash.values[at]!;
  }

  /** The places of the cases that a condition holds for. */
  where(holds: (at: number) => boolean): Uint32Array {
    const found = new Column(new Uint32Array(1024));
    for (let at = 0; at < this.count; at++) if (holds(at)) found.push(at);
    return found.values.slice(0, found.length);
  }
}

function number(text: string, numbers: Map<string, number>, texts: string[]): number {
  const known = numbers.get(text);
  if (known !== undefined) return known;
  numbers.set(text, texts.length);
  texts.push(text);
  return texts.length - 1;
}

/** FNV-1a with the finish of MurmurHash3, so that numbers that follow each other lie far apart. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
