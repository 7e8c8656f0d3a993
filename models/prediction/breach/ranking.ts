import { Column } from "../logistic/index.js";

/**
 * Places by falling risk, then by rising hours, then by number: the same in whatever order tickets come, so that no warehouse has to sort
 * them. All is held outside the heap, by whose size it is decided how much garbage may lie.
 */
export class Ranking {
  readonly #ids = new Column(new Float64Array(1024));
  readonly #risks = new Column(new Float64Array(1024));
  readonly #hours = new Column(new Float64Array(1024));

  add(id: number, risk: number, hours: number): void {
    this.#ids.push(id);
    this.#risks.push(risk);
    this.#hours.push(hours);
  }

  /** From the number of what was added to its place, from 1. */
  places(): (id: number) => number {
    const [ids, risks, hours] = [this.#ids.values, this.#risks.values, this.#hours.values];
    const order = new Uint32Array(this.#ids.length);
    for (let at = 0; at < order.length; at++) order[at] = at;
    order.sort(
      (one, other) => risks[other]! - risks[one]! || hours[one]! - hours[other]! || ids[one]! - ids[other]!,
    );
    const rising = ids.slice(0, order.length).sort();
    const ranks = new Uint32Array(order.length);
    for (let n = 0; n < order.length; n++) ranks[position(rising, ids[order[n]!]!)] = n + 1;
    return placeAmong(rising, ranks);
  }
}

/** A function of its own, as one made above would keep all that the order was made from. */
function placeAmong(rising: Float64Array, ranks: Uint32Array): (id: number) => number {
  return (id) => ranks[position(rising, id)]!;
}

/** Where a number stands among rising ones. */
function position(numbers: Float64Array, number: number): number {
  let [from, to] = [0, numbers.length - 1];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (numbers[middle]! < number) from = middle + 1;
    else to = middle;
  }
  return from;
}
