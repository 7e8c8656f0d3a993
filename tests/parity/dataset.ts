import type { Value } from "../../src/adapters/index.js";

/** A table that all engines hold alike: columns with MySQL types, rows in column order. */
export interface Table {
  columns: Record<string, string>;
  rows: Value[][];
}

const DAY = 86_400_000;

/** Pseudo-random and the same everywhere: the n-th value of a series between 0 and 1. */
function noise(series: number, n: number): number {
  const x = Math.sin(series * 12.9898 + n * 78.233) * 43758.5453;
  return x - Math.floor(x);
}

function pick<T>(values: readonly T[], series: number, n: number): T {
  return values[Math.floor(noise(series, n) * values.length)]!;
}

function dateTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replace("T", " ");
}

const START = Date.UTC(2024, 0, 1);

const tickets: Value[][] = Array.from({ length: 240 }, (_, n) => {
  const opened = START + Math.floor(noise(1, n) * 400) * DAY + Math.floor(noise(2, n) * 86_400) * 1000;
  const closed = noise(3, n) < 0.2 ? null : opened + Math.floor(noise(4, n) ** 3 * 40 * 86_400) * 1000;
  const reopened = noise(5, n) < 0.15 ? 1 : 0;
  return [
    n + 1,
    `${pick(["VPN drops", "Password reset", "Mail übergroß", "Drucker steht", "PRINTER jam", "crash — again"], 6, n)} #${n % 17}`,
    pick(["Network", "network", "NETWORK", "Hardware", "Softwäre", "Software", "Café", "Cafe", null], 7, n),
    1 + Math.floor(noise(8, n) * 4),
    pick(["new", "open", "resolved", "closed"], 9, n),
    dateTime(opened),
    closed === null ? null : dateTime(closed),
    dateTime(opened + (1 + (n % 10)) * DAY).slice(0, 10),
    noise(10, n) < 0.1 ? null : Math.round((noise(11, n) - 0.2) * 100_000) / 100,
    noise(12, n) < 0.1 ? null : Math.round(noise(13, n) * 1000) / 8,
    reopened,
    n > 20 && noise(14, n) < 0.2 ? 1 + Math.floor(noise(15, n) * 20) : null,
    noise(16, n) < 0.1 ? null : 1 + Math.floor(noise(17, n) * 7),
    n % 9 === 0
      ? null
      : JSON.stringify({
          impact: pick(["high", "low", null], 18, n),
          users: Math.floor(noise(19, n) * 50),
          tags: ["a", "b", "c"].slice(0, n % 4),
          site: { city: pick(["Köln", "Zürich", "Lyon"], 20, n), floor: n % 5 },
        }),
  ];
});

const dates = [
  "2023-01-01",
  "2023-12-31",
  "2024-01-01",
  "2024-01-06",
  "2024-01-07",
  "2024-01-08",
  "2024-01-31",
  "2024-02-28",
  "2024-02-29",
  "2024-03-01",
  "2024-03-31",
  "2024-06-30",
  "2024-12-28",
  "2024-12-29",
  "2024-12-30",
  "2024-12-31",
  "2025-01-01",
  "2025-01-05",
  "2025-02-28",
  "2026-12-31",
  "2027-01-01",
  "2027-01-03",
  "2028-02-29",
  "2000-02-29",
  "1999-12-31",
];

const times = ["00:00:00", "00:00:59", "09:05:07", "12:00:00", "12:34:56", "23:59:59"];

/** The tables by name. */
export const DATASET: Record<string, Table> = {
  tickets: {
    columns: {
      ticket_id: "bigint!",
      subject: "varchar(100)!",
      category: "varchar(40)",
      priority: "int!",
      status: "varchar(20)!",
      opened_at: "datetime!",
      closed_at: "datetime",
      due_on: "date!",
      amount: "decimal(10,2)",
      score: "double",
      reopened: "boolean!",
      parent_id: "bigint",
      agent_id: "bigint",
      doc: "text",
    },
    rows: tickets,
  },
  agents: {
    columns: {
      agent_id: "bigint!",
      name: "varchar(60)!",
      team: "varchar(40)",
      hired_on: "date!",
      lead_id: "bigint",
    },
    rows: [
      [1, "Åsa Öberg", "Field", "2019-02-28", null],
      [2, "bob", "field", "2020-02-29", 1],
      [3, "Bob", "Desk", "2021-03-31", 1],
      [4, "Zoë", "DESK", "2021-12-31", 3],
      [5, "zoe", null, "2022-01-01", 3],
      [6, "O'Neil \\ Sons", "Désk", "2023-06-15", 2],
      [7, "_under", "Ops-2", "2024-02-29", 6],
    ],
  },
  days: {
    columns: { d: "date!", dt: "datetime!", dt6: "datetime(6)!", n: "int!", txt: "varchar(30)" },
    rows: dates.map((date, n) => [
      date,
      `${date} ${times[n % times.length]!}`,
      `${date} ${times[(n + 2) % times.length]!}.${n % 3 === 0 ? "500000" : n % 3 === 1 ? "000001" : "000000"}`,
      (n % 7) - 2,
      n % 5 === 0
        ? null
        : n % 5 === 1
          ? `${date} ${times[n % times.length]!}`
          : n % 5 === 2
            ? "not a date"
            : date,
    ]),
  },
  numbers: {
    columns: {
      id: "bigint!",
      a: "int",
      b: "int",
      x: "decimal(12,4)",
      y: "decimal(10,2)",
      f: "double",
      big: "bigint",
    },
    rows: [
      [1, 7, 2, 2.5, 1.25, 2.5, 9007199254740993n],
      [2, -7, 2, -2.5, -1.25, -2.5, -5],
      [3, 7, -2, 0.5, 0.05, 0.5, 0],
      [4, 0, 0, 0, 0, 0, null],
      [5, null, 3, null, 10, 1e10, 1],
      [6, 10, null, 1.005, null, 1.5, 86400000],
      [7, 1, 3, 3.3333, 0.01, 3.5, 3],
      [8, 2147483647, 10, 99999999.9999, 99999999.99, 1e-7, 100],
      [9, -1, 0, -0.0001, -0.01, -1.5, 7],
      [10, 100, 7, 12.3456, 1234.56, 12.345, 1000000007],
    ],
  },
  words: {
    columns: { id: "bigint!", w: "varchar(60)", code: "varchar(40)" },
    rows: [
      [1, "apple", "A-1"],
      [2, "Apple", "a-1"],
      [3, "APPLE ", "A_1"],
      [4, "äpple", "A1"],
      [5, "straße", "a.b.c"],
      [6, "STRASSE", "x,y,z"],
      [7, "", ""],
      [8, null, null],
      [9, "50% off", "007"],
      [10, "snake_case", "12abc"],
      [11, "a\\b", "-3.7"],
      [12, "emoji 😀 end", "  42 "],
      [13, "tab\there", "1,234"],
      [14, "Œuvre", "foo@example.com"],
      [15, "oeuvre", "bar.baz@Mail.Example.org"],
      [16, "zebra", "00120"],
      [17, "o'clock", "+5"],
      [18, "  lead", "12.5e1"],
      [19, "ПРИВЕТ", "Z9"],
      [20, "привет", "z10"],
    ],
  },
  events: {
    columns: { ticket_id: "bigint!", at: "datetime(6)!", kind: "varchar(20)!", team: "varchar(20)" },
    rows: tickets
      .slice(0, 80)
      .flatMap((ticket, n) =>
        Array.from({ length: 1 + (n % 5) }, (_, k): Value[] => [
          ticket[0]!,
          `${dateTime(Date.parse(`${String(ticket[5]).replace(" ", "T")}Z`) + k * (n % 7) * 1_800_000 + k)}.${String(k).repeat(6)}`,
          k === 0 ? "created" : pick(["assigned", "commented", "moved"], 21, n * 5 + k),
          pick(["L1", "L2", "Field", null], 22, n * 5 + k),
        ]),
      ),
  },
};
