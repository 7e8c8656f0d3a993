import { beforeAll, describe, expect, test } from "vitest";
import type { Value } from "../../src/adapters/index.js";
import { lint } from "../../src/sql/index.js";
import { difference } from "./compare.js";
import { type Loaded, loadEngines } from "./engines.js";
import { Dice, Expressions } from "./random-expression.js";

const SEED = Number(process.env.SLA_FUZZ_SEED ?? 20241);
const ROUNDS = Number(process.env.SLA_FUZZ_ROUNDS ?? 90);
const EXPRESSIONS_A_ROUND = 6;
const ROWS = 80;

const TEXTS = [
  "abc",
  "ABC",
  "Abc-1",
  "é",
  "E",
  "x y",
  "-",
  "",
  "a-b-c",
  " pad ",
  "straat",
  "Zürich",
  "12",
  "b",
];

function rows(dice: Dice): Value[][] {
  const maybe = (value: Value): Value => (dice.roll() < 0.12 ? null : value);
  const day = (): number => Date.UTC(2023, 11, 20) + dice.below(460) * 86_400_000;
  const date = (): string => new Date(day()).toISOString().slice(0, 10);
  const moment = (): string =>
    new Date(day() + dice.below(86_400) * 1000).toISOString().slice(0, 19).replace("T", " ");
  return Array.from({ length: ROWS }, (_, id) => [
    id,
    maybe(dice.below(30) - 9),
    maybe(dice.below(7) - 3),
    maybe((dice.below(200_000) - 50_000) / 100),
    maybe(dice.pick([0, 0.5, 1.5, 2.25, -0.05, 12.345, 1.005])),
    maybe(dice.pick(TEXTS)),
    maybe(dice.pick(TEXTS)),
    maybe(date()),
    maybe(dice.pick(["2024-02-29", "2024-12-30", "2023-12-31", "2024-01-31"])),
    maybe(moment()),
    maybe(dice.pick(["2024-02-29 12:00:00", "2024-12-29 23:59:59", "2024-01-01 00:00:00"])),
  ]);
}

describe(`random expressions, seed ${SEED}`, () => {
  let engines: Loaded[] = [];
  const dice = new Dice(SEED);

  beforeAll(async () => {
    engines = await loadEngines({
      fuzz: {
        columns: {
          id: "int!",
          i: "int",
          j: "int",
          p: "decimal(10,2)",
          q: "decimal(10,4)",
          s: "varchar(30)",
          t: "varchar(30)",
          d: "date",
          e: "date",
          m: "datetime",
          n: "datetime",
        },
        rows: rows(dice),
      },
    });
  });

  const rounds = Array.from({ length: ROUNDS }, (_, round) => round);

  async function compare(sql: string): Promise<void> {
    expect(
      (await lint(sql)).map(({ message }) => message),
      sql,
    ).toEqual([]);
    const [reference, ...others] = engines;
    const expected = await reference!.run(sql);
    for (const other of others) {
      const found = difference(expected, await other.run(sql), true);
      expect(found, `${other.name} against ${reference!.name}:\n${sql}`).toBeUndefined();
    }
  }

  function items(make: (at: number) => string): string {
    return Array.from({ length: EXPRESSIONS_A_ROUND }, (_, at) => `${make(at)} AS x${at}`).join(",\n");
  }

  test.each(rounds)("of one row, round %i", async (round) => {
    const make = new Expressions(new Dice(SEED * 1000 + round));
    await compare(`SELECT id,\n${items((at) => make.any(1 + (at % 3)))}\nFROM fuzz ORDER BY id`);
  });

  test.each(rounds.slice(0, ROUNDS / 3))("of a group, round %i", async (round) => {
    const make = new Expressions(new Dice(SEED * 2000 + round));
    const key = make.dice.pick(["MOD(id, 5)", "j", "FIELD(s, 'abc', 'é')", "YEAR(d)"]);
    await compare(
      `SELECT ${key} AS g,\n${items((at) => make.aggregate(at % 3))}\nFROM fuzz GROUP BY g ORDER BY g`,
    );
  });

  test.each(rounds.slice(0, ROUNDS / 3))("of a window, round %i", async (round) => {
    const make = new Expressions(new Dice(SEED * 3000 + round));
    await compare(`SELECT id,\n${items((at) => make.window(at % 3))}\nFROM fuzz ORDER BY id`);
  });
});
