import type { Faker } from "@faker-js/faker";
import { cumulate, Random, STREAMS } from "./random.js";
import { TEAMS } from "./teams.js";
import { BRANCHES } from "./words.js";

export interface Engineer {
  name: string;
  /** Subtracted from the logarithm of the resolution time: the skilled are faster. */
  skill: number;
}

/** Who works in a team, and how tickets spread among them. */
export interface Crew {
  engineers: readonly Engineer[];
  /** Running totals of the shares of tickets: the skilled get more. */
  shares: Float64Array;
}

/** One crew per team, in the order of `TEAMS`; every name is unlike every other. */
export function hireCrews(faker: Faker, seed: number): Crew[] {
  const random = new Random(seed, STREAMS.engineers, 0);
  const names = new Set<string>();
  return TEAMS.map((team) => {
    const engineers = Array.from({ length: team.engineers }, () => ({
      name: newName(faker, names),
      skill: 0.22 * random.normal(),
    }));
    return {
      engineers,
      shares: cumulate(engineers.map(({ skill }) => Math.max(0.3, 1 + skill + 0.3 * random.normal()))),
    };
  });
}

/** Plain names only (no apostrophes, no inner capitals): their case can be restored after an export has lost it. */
function newName(faker: Faker, taken: Set<string>): string {
  for (;;) {
    const name = `${faker.person.firstName()} ${faker.person.lastName()}`;
    if (/^[A-Z][a-z]+ [A-Z][a-z]+$/.test(name) && !taken.has(name)) {
      taken.add(name);
      return name;
    }
  }
}

/** The bank's employees who call the desk; their number follows the number of tickets. */
export class Customers {
  readonly count: number;
  private readonly digits: number;

  constructor(tickets: number) {
    this.count = Math.max(40, Math.round(tickets / 12));
    this.digits = Math.max(5, String(this.count).length);
  }

  /** Some call far more often than others. */
  draw(random: Random): number {
    const u = random.next();
    return Math.floor(this.count * u * Math.sqrt(u));
  }

  id(customer: number): string {
    return `U${String(customer + 1).padStart(this.digits, "0")}`;
  }

  /** Everybody works in one branch; the large ones have more people. */
  branch(customer: number): string {
    const slot = (customer * 7919) % 66;
    let from = 0;
    for (let n = 0; n < BRANCHES.length; n++) {
      from += BRANCHES.length - n;
      if (slot < from) return BRANCHES[n]!;
    }
    return BRANCHES[0];
  }
}
