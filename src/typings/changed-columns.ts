/** What differs between two declaration files, a line a column: `orders.amount: number → string`. */
export function changedColumns(before: string, after: string): string[] {
  const [old, now] = [declaredColumns(before), declaredColumns(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  return names.flatMap((name) => {
    const [was, is] = [old.get(name), now.get(name)];
    if (was === is) return [];
    return `${name}: ${was ?? "absent"} → ${is ?? "absent"}`;
  });
}

/** The columns that a declaration file declares, with their types: `orders.amount`, `shop.orders.amount`. */
export function declaredColumns(text: string): Map<string, string> {
  const found = new Map<string, string>();
  const inside: string[] = [];
  for (const line of text.split("\n")) {
    const opened = /^\s*(?:interface )?(.+?):? \{$/.exec(line)?.[1];
    if (opened !== undefined) inside.push(opened);
    else if (/^\s*\};?$/.test(line)) inside.pop();
    else {
      const column = /^\s*("(?:[^"\\]|\\.)*"|[\w$]+): (.*);$/.exec(line);
      // The module and the interface stand around every relation.
      if (column !== null) found.set([...inside.slice(2), column[1]!].join("."), column[2]!);
    }
  }
  return found;
}
