/** A pattern of Python's `fnmatch`: `*` is anything, also a dot or a slash. Matches the whole text, case-sensitively. */
export function fnmatch(pattern: string): (text: string) => boolean {
  if (!/[*?[]/.test(pattern)) return (text) => text === pattern;
  const form = new RegExp(`^${translate(pattern, ".*", ".")}$`, "s");
  return (text) => form.test(text);
}

/** A pattern of paths: `*` stays within a folder, `**` does not. */
export function pathGlob(pattern: string): (path: string) => boolean {
  const clean = pattern
    .replaceAll("\\", "/")
    .replace(/^(?:\.\/)+/, "")
    .replace(/\/+$/, "");
  if (!/[*?[]/.test(clean)) return (path) => path === clean;
  const source = clean
    .split("/")
    .map((segment, at, all) => {
      if (segment === "**") return at === all.length - 1 ? ".*" : "(?:[^/]+/)*";
      return translate(segment, "[^/]*", "[^/]") + (at === all.length - 1 ? "" : "/");
    })
    .join("");
  const form = new RegExp(`^${source}$`, "s");
  return (path) => form.test(path);
}

function translate(pattern: string, many: string, one: string): string {
  return pattern.replace(
    /\*|\?|\[(!?)(\]?[^\]]*)\]|[\\^$.*+?()[\]{}|/]/g,
    (found, not?: string, set?: string) => {
      if (found === "*") return many;
      if (found === "?") return one;
      if (set !== undefined) return `[${not ? "^" : ""}${set.replace(/[\\^\]]/g, "\\$&")}]`;
      return `\\${found}`;
    },
  );
}
