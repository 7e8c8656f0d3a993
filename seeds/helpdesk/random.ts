import { ln, normalQuantile } from "./arithmetic.js";

/**
 * What a stream of random numbers is for. Each ticket has its own stream per purpose, so that one more draw for one ticket
 * changes nothing about another.
 */
export const STREAMS = { gaps: 1, day: 2, outages: 3, ticket: 4, dirt: 5, engineers: 6, texts: 7 } as const;

/** A small fast generator (sfc32) that can be set to the start of any stream at the cost of a few operations. */
export class Random {
  private a = 0;
  private b = 0;
  private c = 0;
  private counter = 0;

  constructor(seed: number, stream: number, index: number) {
    this.restart(seed, stream, index);
  }

  /** Goes to the start of the stream that belongs to these three numbers. */
  restart(seed: number, stream: number, index: number): void {
    this.a = mix(seed ^ Math.imul(stream, 0x9e3779b9));
    this.b = mix(this.a ^ index);
    this.c = mix(this.b ^ Math.floor(index / 0x100000000) ^ Math.floor(seed / 0x100000000));
    this.counter = 1;
    for (let n = 0; n < 4; n++) this.bits();
  }

  /** 32 random bits, as a signed integer. */
  private bits(): number {
    const t = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (this.c << 21) | (this.c >>> 11);
    this.c = (this.c + t) | 0;
    return t;
  }

  /** Uniform in [0, 1). */
  next(): number {
    return (this.bits() >>> 0) / 4294967296;
  }

  /** An integer from 0 to n − 1. */
  below(n: number): number {
    return Math.floor(this.next() * n);
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  /** Standard normal. */
  normal(): number {
    return normalQuantile(((this.bits() >>> 0) + 0.5) / 4294967296);
  }

  /** Exponential with mean 1. */
  exponential(): number {
    return -ln(((this.bits() >>> 0) + 0.5) / 4294967296);
  }

  /** Position in a table of cumulative weights, each with its weight's probability. */
  pick(cumulative: ArrayLike<number>): number {
    const last = cumulative.length - 1;
    const at = this.next() * cumulative[last]!;
    let position = 0;
    while (position < last && cumulative[position]! <= at) position++;
    return position;
  }

  of<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
}

/** Running totals of weights, for `pick`. */
export function cumulate(weights: Iterable<number>): Float64Array {
  let total = 0;
  return Float64Array.from(weights, (weight) => {
    total += weight;
    return total;
  });
}

function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
