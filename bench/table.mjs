/** Prints rows under a heading, columns aligned, figures to the right. */
export function printTable(heading, rows) {
  const widths = heading.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at].length)));
  const line = (row) =>
    row
      .map((cell, at) =>
        at === 0 || at === row.length - 1 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]),
      )
      .join("   ")
      .trimEnd();
  console.log(line(heading));
  console.log(widths.map((width) => "─".repeat(width)).join("   "));
  for (const row of rows) console.log(line(row));
}

/** 1.234 → "1.23 s". */
export const seconds = (value) => `${value.toFixed(2)} s`;

/** 1.234 → "1.23 ×". */
export const times = (value) => `${value.toFixed(2)} ×`;

/** The middle value, the lower one of two. */
export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
