// try.mjs
import { readFileSync } from "node:fs";

// src/reports/tableau/validate/xml-file.ts
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  XmlBufferInputProvider,
  XmlComment,
  XmlDocument,
  XmlElement,
  XmlLibError,
  XsdValidator,
  xmlCleanupInputProvider,
  xmlRegisterInputProvider
} from "libxml2-wasm";
function parseXml(bytes) {
  let document = null;
  try {
    document = XmlDocument.fromBuffer(bytes);
    return { root: plain(document.root, null), findings: [] };
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error;
    return { root: null, findings: findingsOf(error, "xml") };
  } finally {
    document?.dispose();
  }
}
function plain(element, parent) {
  const attributes = {};
  for (const attr of element.attrs)
    attributes[attr.prefix === "" ? attr.name : `${attr.prefix}:${attr.name}`] = attr.value;
  const made = { name: element.name, line: element.line, attributes, children: [], text: "", parent };
  for (let node = element.firstChild; node !== null; node = node.next) {
    if (node instanceof XmlElement) made.children.push(plain(node, made));
    else if (!(node instanceof XmlComment)) made.text += node.content;
  }
  return made;
}
async function checkSchema(bytes, version, folder) {
  const files = await readdir(folder).catch(() => []);
  const wrapper = wrapperFor(version, files);
  if (wrapper === null) return null;
  const schemas = files.filter((name) => name.endsWith(".xsd"));
  const buffers = await Promise.all(
    schemas.map(async (name) => [name, await readFile(join(folder, name))])
  );
  const provider = new XmlBufferInputProvider(Object.fromEntries(buffers));
  xmlRegisterInputProvider(provider);
  const held = [];
  const hold = (one) => {
    held.push(one);
    return one;
  };
  try {
    const schema = hold(XmlDocument.fromBuffer(Object.fromEntries(buffers)[wrapper], { url: wrapper }));
    const validator = hold(XsdValidator.fromDoc(schema));
    validator.validate(hold(XmlDocument.fromBuffer(bytes)));
    return [];
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error;
    return findingsOf(error, "schema");
  } finally {
    for (const one of held.reverse()) one.dispose();
    xmlCleanupInputProvider();
  }
}
function wrapperFor(version, files) {
  const known = files.flatMap((name) => /^validate-(\d+\.\d+)\.xsd$/.exec(name)?.[1] ?? []);
  if (known.includes(version)) return `validate-${version}.xsd`;
  const major = known.filter((one) => one.split(".")[0] === version.split(".")[0]);
  const newest = major.sort((a, b) => Number(a) - Number(b)).at(-1);
  return newest === void 0 ? null : `validate-${newest}.xsd`;
}
function findingsOf(error, check) {
  const details = error.details ?? [];
  if (details.length === 0) return [{ check, line: null, message: error.message.trim(), hint: HINTS[check] }];
  return details.map(({ message, line }) => ({
    check,
    line: line > 0 ? line : null,
    message: message.trim().replace(/\.$/, ""),
    hint: HINTS[check]
  }));
}
var HINTS = {
  xml: "Tableau reads well-formed XML only.",
  schema: "Tableau refuses the file with D2E8DA72: mind the order of elements and the names of attributes."
};

// src/reports/tableau/validate/element.ts
function childrenOf(element, name) {
  return element?.children.filter((child) => child.name === name) ?? [];
}
function childOf(element, ...path) {
  let found = element ?? null;
  for (const name of path) found = found?.children.find((child) => child.name === name) ?? null;
  return found;
}
function* within(element) {
  if (element === null) return;
  yield element;
  for (const child of element.children) yield* within(child);
}
function allOf(element, name) {
  return [...within(element)].filter((found) => found.name === name);
}
function bare(name) {
  return /^\[(.*)\]$/s.exec(name)?.[1] ?? name;
}

// src/reports/tableau/validate/pills.ts
var DERIVATIONS = {
  None: { token: "none", aggregate: null },
  Sum: { token: "sum", aggregate: "sum" },
  Avg: { token: "avg", aggregate: "avg" },
  Count: { token: "cnt", aggregate: "count" },
  CountD: { token: "ctd", aggregate: "countd" },
  Median: { token: "med", aggregate: "median" },
  Min: { token: "min", aggregate: "min" },
  Max: { token: "max", aggregate: "max" },
  Attribute: { token: "attr", aggregate: "attr" },
  User: { token: "usr", aggregate: "user" },
  Year: { token: "yr", aggregate: null },
  Quarter: { token: "qr", aggregate: null },
  Month: { token: "mn", aggregate: null },
  Week: { token: "wk", aggregate: null },
  Day: { token: "dy", aggregate: null },
  "Year-Trunc": { token: "tyr", aggregate: null, trunc: "year" },
  "Quarter-Trunc": { token: "tqr", aggregate: null, trunc: "quarter" },
  "Month-Trunc": { token: "tmn", aggregate: null, trunc: "month" },
  "Week-Trunc": { token: "twk", aggregate: null, trunc: "week" },
  "Day-Trunc": { token: "tdy", aggregate: null, trunc: "day" }
};
var KINDS = { nk: "nominal", ok: "ordinal", qk: "quantitative" };
var PILL = /\[((?:[^[\]]|\]\])+)\]\.(\[(?:[^[\]]|\]\])+\])/g;
function pillsIn(text) {
  return [...text.matchAll(PILL)].map(([, source, name]) => ({ source, name }));
}
function pillParts(name) {
  const parts = name.slice(1, -1).split(":");
  if (parts.length > 3 && /^\d+$/.test(parts.at(-1))) parts.pop();
  if (parts.length < 3) return null;
  const known = new Set(Object.values(DERIVATIONS).map(({ token }) => token));
  const calculation = parts.length > 3 && !known.has(parts[0]) && known.has(parts[1]) ? parts.shift() : null;
  return { calculation, token: parts[0], field: parts.slice(1, -1).join(":"), kind: parts.at(-1) };
}

// src/reports/tableau/validate/workbook.ts
function readWorkbook(root) {
  const declared = root.name === "datasource" ? [root] : childrenOf(childOf(root, "datasources"), "datasource");
  return {
    root,
    version: root.attributes.version ?? "",
    sources: new Map(declared.map((element) => [sourceName(element), sourceOf(element)])),
    sheets: childrenOf(childOf(root, "worksheets"), "worksheet").map((element) => ({
      element,
      name: element.attributes.name ?? "",
      table: childOf(element, "table"),
      view: childOf(element, "table", "view"),
      scopes: scopesOf(childOf(element, "table", "view"))
    })),
    dashboards: childrenOf(childOf(root, "dashboards"), "dashboard").map((element) => ({
      element,
      name: element.attributes.name ?? "",
      scopes: scopesOf(element),
      zones: allOf(childOf(element, "zones"), "zone")
    })),
    windows: childrenOf(childOf(root, "windows"), "window")
  };
}
function sourceName({ attributes }) {
  return attributes.name ?? attributes["formatted-name"] ?? "";
}
function sourceOf(element) {
  const fields = [...childrenOf(element, "column"), ...childrenOf(element, "group")];
  const records = allOf(childOf(element, "connection"), "metadata-record").filter(
    ({ attributes }) => attributes.class === "column"
  );
  return {
    element,
    name: sourceName(element),
    columns: new Map(fields.map((column) => [column.attributes.name ?? "", column])),
    records: new Map(records.map((record) => [childOf(record, "local-name")?.text ?? "", record])),
    isParameters: sourceName(element) === "Parameters"
  };
}
function scopesOf(holder) {
  return new Map(
    childrenOf(holder, "datasource-dependencies").map((element) => [
      element.attributes.datasource ?? "",
      {
        columns: byName(childrenOf(element, "column")),
        instances: byName(childrenOf(element, "column-instance"))
      }
    ])
  );
}
var byName = (elements) => new Map(elements.map((element) => [element.attributes.name ?? "", element]));
var BUILT_IN = /* @__PURE__ */ new Set(["[:Measure Names]", "[Multiple Values]", "[Measure Values]", "[Number of Records]"]);
function usesIn(sheet) {
  const found = [];
  const add = (at, where, text) => {
    for (const pill of pillsIn(text ?? "")) found.push({ at, pill, where });
  };
  const { table, view } = sheet;
  for (const shelf of ["rows", "cols"]) add(childOf(table, shelf) ?? sheet.element, shelf, childOf(table, shelf)?.text);
  for (const filter of childrenOf(view, "filter")) {
    add(filter, "a filter", filter.attributes.column);
    for (const { attributes } of allOf(filter, "groupfilter"))
      if (filter.attributes.column?.endsWith("[:Measure Names]")) add(filter, "a filter", attributes.member);
  }
  for (const column of childrenOf(childOf(view, "slices"), "column")) add(column, "slices", column.text);
  for (const name of ["computed-sort", "alphabetic-sort", "manual-sort", "natural-sort"])
    for (const sort of childrenOf(view, name)) {
      add(sort, "a sort", sort.attributes.column);
      add(sort, "a sort", sort.attributes.using);
    }
  for (const pane of allOf(childOf(table, "panes"), "pane")) {
    for (const encoding of childOf(pane, "encodings")?.children ?? [])
      add(encoding, `the encoding ${encoding.name}`, encoding.attributes.column);
    for (const run of allOf(pane, "run")) add(run, "a text", run.text);
    for (const name of ["x-axis-name", "y-axis-name"]) add(pane, `the pane's ${name}`, pane.attributes[name]);
    for (const line of childrenOf(pane, "reference-line"))
      for (const name of ["axis-column", "value-column"]) add(line, "a reference line", line.attributes[name]);
  }
  for (const run of allOf(childOf(sheet.element, "layout-options"), "run")) add(run, "the title", run.text);
  return found;
}
function relationsOf(source) {
  return allOf(childOf(source.element, "connection"), "relation").filter(
    ({ attributes }) => attributes.type === "table"
  );
}
function namedConnections(source) {
  const found = allOf(childOf(source.element, "connection"), "named-connection");
  return new Map(found.map((one) => [one.attributes.name ?? "", one]));
}
function formulaOf(column) {
  const calculation = column === void 0 ? null : childOf(column, "calculation");
  return calculation?.attributes.class === "tableau" ? calculation.attributes.formula ?? null : null;
}

// src/reports/tableau/validate/checks/check.ts
function* repeated(items, key, at, said2) {
  const seen = /* @__PURE__ */ new Set();
  for (const item of items) {
    const name = key(item);
    if (seen.has(name)) yield [at(item), said2(name)];
    seen.add(name);
  }
}

// src/reports/tableau/validate/checks/dashboards.ts
var isSheetZone = ({ attributes }) => attributes.name !== void 0 && attributes["type-v2"] === void 0;
var shownIn = ({ zones }) => new Set(zones.filter(isSheetZone).map(({ attributes }) => attributes.name));
var DASHBOARDS = [
  {
    name: "zone-sheet",
    hint: "Tableau drops the zone: name a sheet of the workbook.",
    *find({ dashboards, sheets }) {
      const known = new Set(sheets.map(({ name }) => name));
      for (const { name, zones } of dashboards)
        for (const zone of zones)
          if (zone.attributes.name !== void 0 && !known.has(zone.attributes.name)) yield [zone, `a zone of "${name}" shows the sheet "${zone.attributes.name}", which does not exist`];
    }
  },
  {
    name: "zone-place",
    hint: "Zones lie between 0 and 100000 both ways, whatever the size of the dashboard.",
    *find({ dashboards }) {
      for (const { name, zones } of dashboards)
        for (const zone of zones) {
          const [x, y, w, h] = ["x", "y", "w", "h"].map((key) => Number(zone.attributes[key] ?? Number.NaN));
          const inside = x >= 0 && y >= 0 && w > 0 && h > 0 && x + w <= 1e5 && y + h <= 1e5;
          if (!inside) yield [zone, `the zone ${zone.attributes.id ?? ""} of "${name}" lies outside of it`];
        }
    }
  },
  {
    name: "fixed-size",
    hint: "Tableau ends with a fatal assertion: a fixed size has min equal to max.",
    *find({ dashboards }) {
      for (const { element, name } of dashboards) {
        const size = childOf(element, "size");
        if (size === null || size.attributes["sizing-mode"] !== "fixed") continue;
        const { minwidth, maxwidth, minheight, maxheight } = size.attributes;
        if (minwidth !== maxwidth || minheight !== maxheight) yield [size, `"${name}" has a fixed size of ${minwidth} \xD7 ${minheight} to ${maxwidth} \xD7 ${maxheight}`];
      }
    }
  },
  {
    name: "flow-zone",
    hint: "Tableau divides such a container anew: give every child but one a fixed size, or distribute them evenly.",
    *find({ dashboards }) {
      for (const { name, zones } of dashboards)
        for (const zone of zones) {
          if (zone.attributes["type-v2"] !== "layout-flow" || zone.attributes["layout-strategy-id"] === "distribute-evenly") continue;
          const free = childrenOf(zone, "zone").filter(({ attributes }) => attributes["is-fixed"] !== "true");
          if (free.length > 1) yield [zone, `${free.length} zones of a container of "${name}" have no fixed size`];
        }
    }
  },
  {
    name: "zone-filter",
    hint: "Tableau shows an empty zone: declare the pill in the dashboard, and filter the named sheet by it.",
    *find({ dashboards, sheets }) {
      for (const { name, zones, scopes: scopes2 } of dashboards)
        for (const zone of zones) {
          if (zone.attributes["type-v2"] !== "filter") continue;
          const param = zone.attributes.param ?? "";
          const [pill] = pillsIn(param);
          if (pill === void 0 || !scopes2.get(pill.source)?.instances.has(pill.name)) yield [zone, `the filter zone of "${name}" is for ${param}, which the dashboard does not declare`];
          const sheet = sheets.find((one) => one.name === zone.attributes.name);
          if (sheet !== void 0 && !childrenOf(sheet.view, "filter").some(({ attributes }) => attributes.column === param))
            yield [zone, `the filter zone of "${name}" is for ${param}, by which "${sheet.name}" is not filtered`];
        }
    }
  },
  {
    name: "zone-legend",
    hint: "Tableau shows an empty legend: name a pill that colours the sheet.",
    *find({ dashboards, sheets }) {
      for (const { name, zones } of dashboards)
        for (const zone of zones) {
          if (zone.attributes["type-v2"] !== "color") continue;
          const sheet = sheets.find((one) => one.name === zone.attributes.name);
          const colours = allOf(childOf(sheet?.table, "panes"), "color").map(({ attributes }) => attributes.column);
          if (!colours.includes(zone.attributes.param ?? "")) yield [zone, `the legend of "${zone.attributes.name ?? ""}" on "${name}" is for ${zone.attributes.param ?? ""}, which does not colour it`];
        }
    }
  },
  {
    name: "parameter",
    hint: "Tableau shows an empty control: name a parameter of the workbook.",
    *find({ dashboards, sources }) {
      const known = sources.get("Parameters")?.columns;
      for (const { name, zones } of dashboards)
        for (const zone of zones) {
          if (zone.attributes["type-v2"] !== "paramctrl") continue;
          const [pill] = pillsIn(zone.attributes.param ?? "");
          if (pill === void 0 || !known?.has(pill.name)) yield [zone, `"${name}" has a control for ${zone.attributes.param ?? ""}, which is no parameter`];
        }
    }
  },
  {
    name: "parameter-value",
    hint: "Tableau takes another value: give one of the members, in the form of its type.",
    *find({ sources }) {
      for (const [name, column] of sources.get("Parameters")?.columns ?? []) {
        const { value, datatype } = column.attributes;
        const formula = childOf(column, "calculation")?.attributes.formula;
        if (value === void 0 || formula === void 0) yield [column, `the parameter ${name} has no value`];
        else if (value !== formula) yield [column, `the parameter ${name} is ${value} and ${formula}`];
        else if (datatype === "date" && !/^#\d{4}-\d{2}-\d{2}#$/.test(value)) yield [column, `the parameter ${name} is ${value}, which is no date`];
        const members = childrenOf(childOf(column, "members"), "member").map(({ attributes }) => attributes.value);
        if (members.length > 0 && value !== void 0 && !members.includes(value)) yield [column, `the parameter ${name} is ${value}, which is none of its members`];
      }
    }
  },
  {
    name: "name",
    hint: "Sheets and dashboards share one list of names: Tableau reports a duplicate identity.",
    *find({ sheets, dashboards }) {
      yield* repeated([...sheets, ...dashboards], ({ name }) => name, ({ element }) => element, (name) => `two sheets or dashboards are called "${name}"`);
    }
  },
  {
    name: "window",
    hint: "Tableau drops what has no window: one for each sheet and each dashboard.",
    *find({ root, sheets, dashboards, windows }) {
      const kinds = [["worksheet", sheets], ["dashboard", dashboards]];
      for (const [kind, items] of kinds) {
        const own = windows.filter(({ attributes }) => attributes.class === kind);
        for (const { name, element } of items) if (!own.some(({ attributes }) => attributes.name === name)) yield [element, `the ${kind} "${name}" has no window`];
        for (const window of own) if (!items.some(({ name }) => name === window.attributes.name)) yield [window, `a window is for the ${kind} "${window.attributes.name}", which does not exist`];
      }
      if (root.name === "workbook") yield* repeated(windows, ({ attributes }) => attributes.name ?? "", (window) => window, (name) => `"${name}" has two windows`);
    }
  },
  {
    name: "viewpoint",
    hint: "Tableau ends with an internal error (2805CF18) that names no line: list exactly the sheets of the dashboard.",
    *find({ dashboards, windows }) {
      for (const dashboard of dashboards) {
        const window = windows.find(({ attributes }) => attributes.class === "dashboard" && attributes.name === dashboard.name);
        if (window === void 0) continue;
        const points = childrenOf(childOf(window, "viewpoints"), "viewpoint");
        const listed = new Set(points.map(({ attributes }) => attributes.name));
        const shown = shownIn(dashboard);
        for (const sheet of shown) if (!listed.has(sheet)) yield [window, `the window of "${dashboard.name}" has no viewpoint of "${sheet}"`];
        for (const point of points) if (!shown.has(point.attributes.name ?? "")) yield [point, `the window of "${dashboard.name}" has a viewpoint of "${point.attributes.name}", which is not on it`];
      }
    }
  },
  {
    name: "hidden-window",
    hint: "Only sheets that stand on a dashboard may be hidden: nobody would find the others.",
    *find({ dashboards, windows }) {
      const placed = new Set(dashboards.flatMap((dashboard) => [...shownIn(dashboard)]));
      for (const window of windows)
        if (window.attributes.hidden === "true" && !placed.has(window.attributes.name ?? "")) yield [window, `the window "${window.attributes.name}" is hidden, and it is on no dashboard`];
    }
  },
  {
    name: "active",
    hint: "Tableau refuses a dashboard's window without <active id='-1' />.",
    *find({ windows }) {
      for (const window of windows)
        if (window.attributes.class === "dashboard" && childOf(window, "active") === null) yield [window, `the window of "${window.attributes.name}" has no <active>`];
    }
  },
  {
    name: "action",
    hint: "The action does nothing: name a dashboard and a sheet that stands on it.",
    *find({ root, dashboards }) {
      for (const action of childrenOf(childOf(root, "actions"), "action")) {
        const source = childOf(action, "source");
        const { dashboard: name, worksheet } = source?.attributes ?? {};
        const dashboard = dashboards.find((one) => one.name === name);
        const called = action.attributes.caption ?? action.attributes.name ?? "";
        if (name !== void 0 && dashboard === void 0) yield [source, `the action "${called}" starts on "${name}", which is no dashboard`];
        else if (dashboard !== void 0 && worksheet !== void 0 && !shownIn(dashboard).has(worksheet)) yield [source, `the action "${called}" starts at "${worksheet}", which is not on "${name}"`];
        for (const param of allOf(action, "param")) {
          if (param.attributes.name !== "target") continue;
          if (!dashboards.some((one) => one.name === param.attributes.value || shownIn(one).has(param.attributes.value ?? ""))) yield [param, `the action "${called}" is for "${param.attributes.value}", which does not exist`];
        }
      }
    }
  }
];

// src/reports/tableau/validate/formula/formula.ts
var AGGREGATES = /* @__PURE__ */ new Set(["SUM", "AVG", "COUNT", "COUNTD", "MIN", "MAX", "MEDIAN", "PERCENTILE", "ATTR"]);
var SCALARS = /* @__PURE__ */ new Set(["ZN", "ISNULL", "IFNULL", "DATETRUNC", "ABS", "ROUND", "FLOAT", "INT", "STR"]);
function* partsOf(formula) {
  yield formula;
  switch (formula.is) {
    case "call":
      for (const argument of formula.arguments) yield* partsOf(argument);
      break;
    case "unary":
      yield* partsOf(formula.of);
      break;
    case "binary":
      yield* partsOf(formula.left);
      yield* partsOf(formula.right);
      break;
    case "if":
      for (const { when, then } of formula.branches) {
        yield* partsOf(when);
        yield* partsOf(then);
      }
      if (formula.otherwise !== null) yield* partsOf(formula.otherwise);
      break;
    case "fixed":
      for (const by of formula.by) yield* partsOf(by);
      yield* partsOf(formula.value);
  }
}
function fieldsOf(formula) {
  return [...partsOf(formula)].flatMap((part) => part.is === "field" ? [part] : []);
}
function aggregates(formula, ofField) {
  switch (formula.is) {
    case "field":
      return ofField(formula);
    case "call":
      return AGGREGATES.has(formula.name) || formula.arguments.some((one) => aggregates(one, ofField));
    case "unary":
      return aggregates(formula.of, ofField);
    case "binary":
      return aggregates(formula.left, ofField) || aggregates(formula.right, ofField);
    case "if":
      return formula.branches.some(({ when, then }) => aggregates(when, ofField) || aggregates(then, ofField)) || formula.otherwise !== null && aggregates(formula.otherwise, ofField);
    default:
      return false;
  }
}

// src/reports/tableau/validate/formula/parse.ts
var TOKENS = /\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|"((?:[^"]|"")*)"|'((?:[^']|'')*)'|#(\d{4}-\d{2}-\d{2})#|(\[(?:[^\]]|\]\])+\])|([A-Za-z_]\w*)|(<>|<=|>=|==|!=|[-+*/%=<>(){},:.]))/y;
function parseFormula(text) {
  const reader = new Reader(tokensOf(text.replaceAll(/\/\/[^\n]*/g, "")));
  const formula = reader.expression();
  reader.expect("end", "");
  return formula;
}
function tokensOf(text) {
  const tokens = [];
  TOKENS.lastIndex = 0;
  while (TOKENS.lastIndex < text.trimEnd().length) {
    const from = TOKENS.lastIndex;
    const match = TOKENS.exec(text);
    if (match === null) throw new Error(`"${text.slice(from).trim()}" is not understood`);
    const [, number, double, single, date, field, word, sign] = match;
    if (number !== void 0) tokens.push({ kind: "number", text: number });
    else if (double !== void 0) tokens.push({ kind: "string", text: double.replaceAll('""', '"') });
    else if (single !== void 0) tokens.push({ kind: "string", text: single.replaceAll("''", "'") });
    else if (date !== void 0) tokens.push({ kind: "date", text: date });
    else if (field !== void 0) tokens.push({ kind: "field", text: field });
    else if (word !== void 0) tokens.push({ kind: "word", text: word.toUpperCase() });
    else tokens.push({ kind: "sign", text: sign });
  }
  tokens.push({ kind: "end", text: "" });
  return tokens;
}
var LEVELS = [
  ["OR"],
  ["AND"],
  ["=", "==", "<>", "!=", "<", "<=", ">", ">="],
  ["+", "-"],
  ["*", "/", "%"]
];
var Reader = class {
  constructor(tokens) {
    this.tokens = tokens;
  }
  tokens;
  at = 0;
  get next() {
    return this.tokens[this.at];
  }
  is(text) {
    return (this.next.kind === "sign" || this.next.kind === "word") && this.next.text === text;
  }
  take(text) {
    if (!this.is(text)) return false;
    this.at++;
    return true;
  }
  expect(kind, text) {
    const found = this.next;
    if (found.kind !== kind || kind !== "end" && kind !== "field" && found.text !== text)
      throw new Error(`${text === "" ? "its end" : `"${text}"`} is expected where ${said(found)} stands`);
    this.at++;
    return found;
  }
  expression(level = 0) {
    if (level === LEVELS.length) return this.unary();
    if (level === 2 && this.take("NOT")) return { is: "unary", operator: "NOT", of: this.expression(level) };
    let left = this.expression(level + 1);
    for (; ; ) {
      const operator = LEVELS[level].find((sign) => this.is(sign));
      if (operator === void 0) return left;
      this.at++;
      left = { is: "binary", operator, left, right: this.expression(level + 1) };
    }
  }
  unary() {
    if (this.take("-")) return { is: "unary", operator: "-", of: this.unary() };
    return this.primary();
  }
  primary() {
    const token = this.next;
    this.at++;
    switch (token.kind) {
      case "number":
      case "string":
      case "date":
        return { is: token.kind, value: token.text };
      case "field": {
        if (!this.take(".")) return { is: "field", source: null, name: token.text };
        return { is: "field", source: token.text.slice(1, -1), name: this.expect("field", "a field").text };
      }
      case "word":
        return this.word(token.text);
      default:
        if (token.text === "(") {
          const inner = this.expression();
          this.expect("sign", ")");
          return inner;
        }
        if (token.text === "{") return this.fixed();
        throw new Error(`${said(token)} is not expected there`);
    }
  }
  word(word) {
    if (word === "TRUE" || word === "FALSE" || word === "NULL") return { is: "word", value: word };
    if (word === "IF") return this.branches();
    if (!this.take("(")) throw new Error(`"${word}" is neither a field nor a function`);
    if (!AGGREGATES.has(word) && !SCALARS.has(word)) throw new Error(`the function ${word} is not known`);
    const given = [];
    if (!this.take(")")) {
      do
        given.push(this.expression());
      while (this.take(","));
      this.expect("sign", ")");
    }
    if (given.length === 0) throw new Error(`${word}() is called without an argument`);
    return { is: "call", name: word, arguments: given };
  }
  branches() {
    const branches = [];
    do {
      const when = this.expression();
      this.expect("word", "THEN");
      branches.push({ when, then: this.expression() });
    } while (this.take("ELSEIF"));
    const otherwise = this.take("ELSE") ? this.expression() : null;
    this.expect("word", "END");
    return { is: "if", branches, otherwise };
  }
  fixed() {
    this.expect("word", "FIXED");
    const by = [];
    if (!this.is(":")) {
      do
        by.push(this.expression());
      while (this.take(","));
    }
    this.expect("sign", ":");
    const value = this.expression();
    this.expect("sign", "}");
    return { is: "fixed", by, value };
  }
};
function said({ kind, text }) {
  return kind === "end" ? "the end" : `"${text}"`;
}

// src/reports/tableau/validate/checks/sources.ts
var CLASSES = /* @__PURE__ */ new Set(["federated", "mysql", "mariadb", "textscan", "sqlproxy", "hyper", "excel-direct"]);
var INTERNAL = /^\[__tableau_internal_object_id__\]/;
function tryFormula(text) {
  try {
    return parseFormula(text);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
function isAggregate(source, name, seen = []) {
  const text = formulaOf(source.columns.get(name));
  if (text === null || seen.includes(name)) return false;
  const formula = tryFormula(text);
  if (typeof formula === "string") return false;
  return aggregates(formula, (field) => field.source === null && isAggregate(source, field.name, [...seen, name]));
}
function* calculations({ sources }) {
  for (const source of sources.values())
    for (const [name, column] of source.columns) {
      const text = formulaOf(column);
      if (text !== null && !source.isParameters) yield { source, name, column, text };
    }
}
var SOURCES = [
  {
    name: "connection-name",
    hint: "Tableau cannot find the table: use the name of one of the named connections.",
    *find({ sources }) {
      for (const source of sources.values()) {
        const known = namedConnections(source);
        for (const relation of allOf(source.element, "relation")) {
          const { connection } = relation.attributes;
          if (connection !== void 0 && !known.has(connection))
            yield [relation, `the relation ${relation.attributes.name} is on "${connection}", which is no connection of its source`];
        }
      }
    }
  },
  {
    name: "connection-class",
    hint: "Known are mysql, mariadb and textscan.",
    *find({ root }) {
      for (const connection of allOf(root, "connection")) {
        const kind = connection.attributes.class;
        if (kind !== void 0 && !CLASSES.has(kind)) yield [connection, `there is no connection class "${kind}"`];
      }
    }
  },
  {
    name: "column-record",
    hint: "Tableau strips such a field without a word: write columns and metadata records from one list.",
    *find({ sources }) {
      for (const source of sources.values()) {
        if (source.records.size === 0) continue;
        for (const [name, column] of source.columns) {
          if (INTERNAL.test(name) || childOf(column, "calculation") !== null || column.name === "group") continue;
          const record = source.records.get(name);
          if (record === void 0) yield [column, `the column ${name} has no metadata record`];
          else if (childOf(record, "local-type")?.text !== column.attributes.datatype)
            yield [column, `the column ${name} is ${column.attributes.datatype}, its metadata record ${childOf(record, "local-type")?.text}`];
        }
        for (const [name, record] of source.records)
          if (!source.columns.has(name)) yield [record, `the metadata record ${name} has no column`];
      }
    }
  },
  {
    name: "object-id",
    hint: "Tableau strips the fields of an object that it cannot tie to its table: use one id in records, object graph and table column.",
    *find({ sources }) {
      for (const { element, columns, records } of sources.values()) {
        const objects = new Map(allOf(childOf(element, "object-graph", "objects"), "object").map((one) => [one.attributes.id ?? "", one]));
        if (objects.size === 0 && records.size === 0) continue;
        for (const [name, record] of records) {
          const id = bare(childOf(record, "object-id")?.text ?? "");
          if (!objects.has(id)) yield [record, `the metadata record ${name} is of the object "${id}", which does not exist`];
        }
        for (const [name, column] of columns) {
          const id = INTERNAL.test(name) ? bare(name.replace(/^\[__tableau_internal_object_id__\]\./, "")) : null;
          if (id !== null && !objects.has(id)) yield [column, `the table column ${name} is of no object`];
        }
        for (const [id, object] of objects)
          if (!columns.has(`[__tableau_internal_object_id__].[${id}]`)) yield [object, `the object ${id} has no table column`];
      }
    }
  },
  {
    name: "column-after-graph",
    hint: "Tableau does not read it: the object graph comes last.",
    *find({ sources }) {
      for (const { element } of sources.values()) {
        const graph = element.children.findIndex(({ name }) => name === "object-graph");
        if (graph === -1) continue;
        for (const column of element.children.slice(graph + 1)) yield [column, `<${column.name}> ${column.attributes.name ?? ""} stands after <object-graph>`];
      }
    }
  },
  {
    name: "field-name",
    hint: "Tableau drops one of them: a calculation must be called otherwise than every column.",
    *find({ sources }) {
      for (const { element, records } of sources.values()) {
        const fields = [...childrenOf(element, "column"), ...childrenOf(element, "group")];
        yield* repeated(fields, ({ attributes }) => (attributes.name ?? "").toLowerCase(), (field) => field, (name) => `two fields are called ${name}`);
        for (const column of fields)
          if (childOf(column, "calculation") !== null && records.has(column.attributes.name ?? ""))
            yield [column, `the calculation ${column.attributes.name} has the name of a column of the table`];
      }
    }
  },
  {
    name: "formula",
    hint: "Tableau marks the field with a red sign and leaves its sheets blank.",
    *find(workbook) {
      for (const { source, name, column, text } of calculations(workbook)) {
        const formula = tryFormula(text);
        if (typeof formula === "string") {
          yield [column, `the formula of ${name} cannot be read: ${formula}`];
          continue;
        }
        for (const field of fieldsOf(formula)) {
          const of = field.source === null ? source : workbook.sources.get(field.source);
          if (of === void 0 || !of.columns.has(field.name) && !BUILT_IN.has(field.name))
            yield [column, `the formula of ${name} names ${field.source === null ? "" : `[${field.source}].`}${field.name}, which does not exist`];
        }
      }
    }
  },
  {
    name: "formula-level",
    hint: "Tableau refuses to mix single rows and aggregates: aggregate all of it, or nothing.",
    *find(workbook) {
      for (const { source, name, column, text } of calculations(workbook)) {
        const formula = tryFormula(text);
        if (typeof formula === "string") continue;
        const isAggregated = (part) => aggregates(part, (field) => field.source === null && isAggregate(source, field.name));
        for (const part of partsOf(formula)) {
          if (part.is === "call" && isAggregated(part) && part.arguments.some(isAggregated) && ["SUM", "AVG", "COUNT", "COUNTD", "MEDIAN", "PERCENTILE"].includes(part.name))
            yield [column, `the formula of ${name} aggregates an aggregate in ${part.name}`];
          if (part.is !== "binary") continue;
          const sides = [part.left, part.right];
          const isRow = (side) => side.is === "field" && side.source === null && !isAggregated(side);
          if (sides.some(isAggregated) && sides.some(isRow)) yield [column, `the formula of ${name} mixes rows and aggregates at "${part.operator}"`];
        }
      }
    }
  },
  {
    name: "relationship",
    hint: "Tableau cannot relate the tables: name objects and fields that the source has.",
    *find({ sources }) {
      for (const { element, columns } of sources.values()) {
        const graph = childOf(element, "object-graph");
        const objects = new Set(allOf(graph, "object").map(({ attributes }) => attributes.id));
        for (const relationship of allOf(graph, "relationship")) {
          for (const end of relationship.children)
            if (end.name.endsWith("-end-point") && !objects.has(end.attributes["object-id"]))
              yield [end, `a relationship ends at the object "${end.attributes["object-id"]}", which does not exist`];
          for (const { attributes, ...expression } of allOf(relationship, "expression"))
            if (attributes.op !== "=" && attributes.op !== "AND" && !columns.has(attributes.op ?? ""))
              yield [{ attributes, ...expression }, `a relationship goes by ${attributes.op}, which is no field of the source`];
        }
      }
    }
  },
  {
    name: "column-map",
    hint: "Of several tables every field says which column of which table it is.",
    *find({ sources }) {
      for (const source of sources.values()) {
        const collection = allOf(childOf(source.element, "connection"), "relation").some(({ attributes }) => attributes.type === "collection");
        if (!collection) continue;
        const maps = childrenOf(childOf(source.element, "connection", "cols"), "map");
        const keys = new Set(maps.map(({ attributes }) => attributes.key));
        const tables = new Set(relationsOf(source).map(({ attributes }) => attributes.name));
        for (const [name, record] of source.records) if (!keys.has(name)) yield [record, `the field ${name} is not among <cols>`];
        for (const map of maps) {
          const table = /^\[([^\]]+)\]\./.exec(map.attributes.value ?? "")?.[1];
          if (table === void 0 || !tables.has(table)) yield [map, `${map.attributes.key} is of the table "${table ?? ""}", which the source does not have`];
        }
      }
    }
  },
  {
    name: "palette",
    hint: "Tableau drops the colours: declare the column instance in the source.",
    *find({ sources }) {
      for (const { element } of sources.values()) {
        const instances = new Set(childrenOf(element, "column-instance").map(({ attributes }) => attributes.name));
        for (const encoding of allOf(childOf(element, "style"), "encoding")) {
          const { field, attr } = encoding.attributes;
          if (attr === "color" && field !== void 0 && field.split(":").length >= 3 && !field.includes(":Measure Names") && !instances.has(field))
            yield [encoding, `colours are given for ${field}, which the source does not declare`];
        }
      }
    }
  }
];

// src/reports/tableau/validate/checks/sheets.ts
function* scopes({ sheets, dashboards }) {
  for (const { name, scopes: own } of [...sheets, ...dashboards]) for (const [of, scope] of own) yield { name, of, scope };
}
function* filters({ sheets }) {
  for (const sheet of sheets) for (const filter of childrenOf(sheet.view, "filter")) yield { sheet, filter, column: filter.attributes.column ?? "" };
}
var isMeasureNames = (column) => column.endsWith("[:Measure Names]");
function resolves(sheet, { source, name }) {
  return BUILT_IN.has(name) || (sheet.scopes.get(source)?.instances.has(name) ?? false);
}
var SHEETS = [
  {
    name: "view-source",
    hint: "Tableau shows a blank sheet: name the sources that the sheet reads.",
    *find({ sheets, sources }) {
      for (const { element, view, name, scopes: own } of sheets) {
        const listed = childrenOf(childOf(view, "datasources"), "datasource");
        if (listed.length === 0) yield [view ?? element, `the sheet "${name}" has no data source`];
        for (const source of listed)
          if (!sources.has(source.attributes.name ?? "")) yield [source, `the sheet "${name}" reads "${source.attributes.name}", which is no source of the workbook`];
        for (const used of own.keys())
          if (!listed.some(({ attributes }) => attributes.name === used)) yield [view ?? element, `the sheet "${name}" depends on "${used}", which it does not list`];
      }
    }
  },
  {
    name: "dependency",
    hint: "Tableau strips such a field without a word: declare columns of the source, as the source has them.",
    *find(workbook) {
      for (const { name, of, scope } of scopes(workbook)) {
        const source = workbook.sources.get(of);
        if (source === void 0) continue;
        for (const [field, column] of scope.columns) {
          const own = source.columns.get(field);
          if (own === void 0) yield [column, `"${name}" declares the field ${field}, which its source does not have`];
          else if (own.attributes.datatype !== column.attributes.datatype)
            yield [column, `"${name}" declares ${field} as ${column.attributes.datatype}, the source as ${own.attributes.datatype}`];
          else if (formulaOf(own) !== formulaOf(column)) yield [column, `"${name}" has another formula of ${field} than the source`];
        }
      }
    }
  },
  {
    name: "instance-column",
    hint: "Tableau strips the pill without a word: declare its column beside it.",
    *find(workbook) {
      for (const { name, scope } of scopes(workbook))
        for (const [pill, instance] of scope.instances) {
          const column = instance.attributes.column ?? "";
          if (!scope.columns.has(column) && !BUILT_IN.has(column)) yield [instance, `"${name}" has the pill ${pill} of the field ${column}, which it does not declare`];
        }
    }
  },
  {
    name: "derivation",
    hint: "Tableau rewrites it to None without a word: the derivation and the pill's name must say the same.",
    *find(workbook) {
      for (const { name, scope } of scopes(workbook))
        for (const [pill, instance] of scope.instances) {
          const { derivation = "", column = "", type } = instance.attributes;
          const known = DERIVATIONS[derivation];
          const parts = pillParts(pill);
          if (known === void 0) yield [instance, `"${name}" has the pill ${pill} with the derivation "${derivation}", which does not exist`];
          else if (parts === null || parts.token !== known.token) yield [instance, `"${name}" has the pill ${pill} with the derivation ${derivation}, whose pills begin with ${known.token}`];
          else if (`[${parts.field}]` !== column) yield [instance, `"${name}" has the pill ${pill} of the field ${column}`];
          else if (KINDS[parts.kind] !== type) yield [instance, `"${name}" has the pill ${pill} of type ${type}`];
        }
    }
  },
  {
    name: "aggregation",
    hint: "Tableau drops the pill: a calculation that aggregates has the derivation User, one of single rows any other.",
    *find(workbook) {
      for (const { name, of, scope } of scopes(workbook)) {
        const source = workbook.sources.get(of);
        if (source === void 0) continue;
        for (const [pill, { attributes, ...instance }] of scope.instances) {
          const aggregated = isAggregate(source, attributes.column ?? "");
          if (aggregated !== (attributes.derivation === "User"))
            yield [{ attributes, ...instance }, `"${name}" has the pill ${pill} with the derivation ${attributes.derivation}, but its field ${aggregated ? "aggregates by itself" : "does not aggregate"}`];
        }
      }
    }
  },
  {
    name: "pill",
    hint: "Tableau strips the pill without a word and may leave the sheet blank: declare it among the sheet's dependencies.",
    *find({ sheets }) {
      for (const sheet of sheets)
        for (const { at, pill, where } of usesIn(sheet))
          if (pill.source !== "Parameters" && !resolves(sheet, pill)) yield [at, `"${sheet.name}" has ${pill.name} in ${where}, which it does not declare`];
    }
  },
  {
    name: "formula-dependency",
    hint: "Tableau cannot compute it there: declare the fields of its formula in the sheet as well.",
    *find(workbook) {
      for (const { name, of, scope } of scopes(workbook)) {
        for (const [field, column] of scope.columns) {
          const text = formulaOf(column);
          const formula = text === null ? "" : tryFormula(text);
          if (typeof formula === "string" || of === "Parameters") continue;
          for (const used of fieldsOf(formula)) {
            const there = workbook.sources.get(used.source ?? of)?.columns.get(used.name);
            const declared = used.source === null ? scope.columns.has(used.name) : true;
            if (there !== void 0 && there.name === "column" && !declared) yield [column, `"${name}" declares ${field} without ${used.name}, of which it is made`];
          }
        }
      }
    }
  },
  {
    name: "filter-column",
    hint: 'Tableau says "filter is invalid" and drops it: name the pill, such as [none:region:nk], not the field.',
    *find(workbook) {
      for (const { sheet, filter, column } of filters(workbook)) {
        const [pill] = pillsIn(column);
        if (pill === void 0 || !BUILT_IN.has(pill.name) && pillParts(pill.name) === null) {
          yield [filter, `"${sheet.name}" filters by ${column}, which is no pill`];
          continue;
        }
        for (const group of allOf(filter, "groupfilter")) {
          const { level } = group.attributes;
          if (level !== void 0 && level !== pill.name) yield [group, `a filter of "${sheet.name}" on ${pill.name} has the level ${level}`];
        }
      }
    }
  },
  {
    name: "filter-slice",
    hint: "Tableau does not apply a filter that is not among the slices: list it there.",
    *find({ sheets }) {
      for (const { name, view } of sheets) {
        const slices = childrenOf(childOf(view, "slices"), "column");
        const listed = new Set(slices.map(({ text }) => text.trim()));
        const own = childrenOf(view, "filter");
        for (const filter of own)
          if (!listed.has(filter.attributes.column ?? "")) yield [filter, `the filter ${filter.attributes.column} of "${name}" is not among its slices`];
        for (const slice of slices)
          if (!own.some(({ attributes }) => attributes.column === slice.text.trim())) yield [slice, `the slice ${slice.text.trim()} of "${name}" has no filter`];
      }
    }
  },
  {
    name: "filter-group",
    hint: "Filters of one group move together: use a number for one field of one source.",
    *find(workbook) {
      const fieldOf = /* @__PURE__ */ new Map();
      for (const { filter, column } of filters(workbook)) {
        const group = filter.attributes["filter-group"];
        if (group === void 0) continue;
        const first = fieldOf.get(group);
        if (first !== void 0 && first !== column) yield [filter, `the filter group ${group} is of ${first} and of ${column}`];
        else fieldOf.set(group, column);
      }
    }
  },
  {
    name: "filter-member",
    hint: "Tableau finds no such member: text stands in quotes (&quot;Leeds&quot;), a boolean is true or false, a date #2026-03-01#.",
    *find(workbook) {
      for (const { sheet, filter, column } of filters(workbook)) {
        const [pill] = pillsIn(column);
        if (pill === void 0 || isMeasureNames(column)) continue;
        const scope = sheet.scopes.get(pill.source);
        const type = scope?.columns.get(scope.instances.get(pill.name)?.attributes.column ?? "")?.attributes.datatype;
        for (const group of allOf(filter, "groupfilter")) {
          const { member } = group.attributes;
          if (member === void 0 || member === "%null%") continue;
          const form = MEMBERS[type ?? ""];
          if (form !== void 0 && !form.test(member)) yield [group, `a filter of "${sheet.name}" on ${pill.name} (${type}) has the member ${member}`];
        }
      }
    }
  },
  {
    name: "filter-range",
    hint: "Give the least value as min and the greatest as max.",
    *find(workbook) {
      for (const { sheet, filter, column } of filters(workbook)) {
        if (filter.attributes.class !== "quantitative") continue;
        const [min, max] = [childOf(filter, "min")?.text, childOf(filter, "max")?.text];
        const isRange = filter.attributes["included-values"]?.startsWith("in-range") ?? false;
        if (isRange && min === void 0 && max === void 0) yield [filter, `the filter ${column} of "${sheet.name}" has neither min nor max`];
        else if (min !== void 0 && max !== void 0 && compare(min, max) > 0) yield [filter, `the filter ${column} of "${sheet.name}" goes from ${min} to ${max}`];
      }
    }
  },
  {
    name: "top",
    hint: "Tableau cannot rank by it: name fields of the source, and a number of marks.",
    *find(workbook) {
      for (const { sheet, filter, column } of filters(workbook)) {
        for (const group of allOf(filter, "groupfilter")) {
          if (group.attributes.function === "end" && !(Number(group.attributes.count) > 0)) yield [group, `a filter of "${sheet.name}" takes ${group.attributes.count ?? "no number of"} marks`];
          if (group.attributes.function !== "order") continue;
          const formula = tryFormula(group.attributes.expression ?? "");
          if (typeof formula === "string") {
            yield [group, `"${sheet.name}" ranks by an expression that cannot be read: ${formula}`];
            continue;
          }
          const source = workbook.sources.get(pillsIn(column)[0]?.source ?? "");
          for (const field of fieldsOf(formula))
            if (source !== void 0 && field.source === null && !source.columns.has(field.name)) yield [group, `"${sheet.name}" ranks by ${field.name}, which does not exist`];
        }
      }
    }
  },
  {
    name: "sort",
    hint: "A <sort class='computed-sort'> ends Tableau: write <computed-sort column direction using />.",
    *find({ sheets }) {
      for (const { name, view } of sheets) {
        for (const sort of allOf(view, "sort")) if (sort.attributes.class === "computed-sort") yield [sort, `"${name}" has a <sort class='computed-sort'>`];
        for (const sort of childrenOf(view, "computed-sort"))
          if (!["ASC", "DESC"].includes(sort.attributes.direction ?? "")) yield [sort, `"${name}" is sorted in the direction "${sort.attributes.direction ?? ""}"`];
      }
    }
  },
  {
    name: "mark",
    hint: "Tableau refuses other marks with D2E8DA72.",
    *find({ sheets }) {
      for (const { element, name } of sheets)
        for (const mark of allOf(element, "mark"))
          if (!MARKS.has(mark.attributes.class ?? "")) yield [mark, `"${name}" is drawn with the mark "${mark.attributes.class ?? ""}", which does not exist`];
    }
  }
];
var MARKS = new Set("Automatic Bar Line Area Square Circle Shape Text Pie GanttBar Polygon Multipolygon Heatmap VizExtension".split(" "));
var MEMBERS = {
  string: /^".*"$/s,
  boolean: /^(true|false)$/,
  date: /^#\d{4}-\d{2}-\d{2}#$/,
  integer: /^-?\d+$/,
  real: /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/
};
function compare(a, b) {
  const [x, y] = [Number(a), Number(b)];
  if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  return a < b ? -1 : a > b ? 1 : 0;
}

// src/reports/tableau/validate/checks/structure.ts
var ORDERS = {
  workbook: "document-format-change-manifest repository-location preferences style-theme style local-data datasources datasource-relationships mapsources shared-views actions worksheets dashboards windows datagraph thumbnails external referenced-extensions explain-data".split(" "),
  datasource: "document-format-change-manifest repository-location connection aliases column column-instance group drill-paths folders-common actions extract layout style semantic-values date-options filter object-graph".split(" "),
  worksheet: ["repository-location", "layout-options", "table", "simple-id"],
  table: ["view", "style", "panes", "rows", "cols"],
  pane: ["view", "mark", "mark-sizing", "encodings", "reference-line", "customized-tooltip", "customized-label", "style"],
  dashboard: ["layout-options", "style", "size", "datasources", "datasource-dependencies", "zones", "devicelayouts", "simple-id"],
  window: ["cards", "viewpoints", "viewpoint", "active", "simple-id"]
};
var FEATURES = [
  ["AccessibleZoneTabOrder", (_, attributes) => "enable-sort-zone-taborder" in attributes],
  ["ObjectModelEncapsulateLegacy", (name) => name === "object-graph"],
  ["ObjectModelTableType", (_, { datatype }) => datatype === "table"],
  ["SchemaViewerObjectModel", (name) => name === "object-graph"],
  ["SheetIdentifierTracking", (name) => name === "simple-id"],
  ["WindowsPersistSimpleIdentifiers", (name) => name === "simple-id"],
  ["SortTagCleanup", (name) => name === "computed-sort"],
  ["IntuitiveSorting", (name) => name === "shelf-sort-v2"],
  ["IntuitiveSorting_SP2", (name) => name === "shelf-sort-v2"],
  ["ZoneFriendlyName", (name, attributes) => name === "zone" && "friendly-name" in attributes],
  ["ParameterAction", (name) => name === "edit-parameter-action"],
  ["ParameterActionClearSelection", (name) => name === "edit-parameter-action"]
];
var HARMLESS = /* @__PURE__ */ new Set([
  "AnimationOnByDefault",
  "AutoCreateAndUpdateDSDPhoneLayouts",
  "MarkAnimation",
  "SetMembershipControl",
  "ManifestByVersion"
]);
var VERSIONS = /^(18\.1|26\.\d)$/;
var STRUCTURE = [
  {
    name: "root",
    hint: "A .twb is a <workbook>, a .tds a <datasource>.",
    *find({ root }) {
      if (root.name !== "workbook" && root.name !== "datasource") yield [root, `the file is a <${root.name}>`];
    }
  },
  {
    name: "version",
    hint: "Write 18.1 for Tableau 2022 to 2025, or 26.1 for 2026.1 and later: a program refuses what is above its own version.",
    *find({ root, version }) {
      if (!VERSIONS.test(version)) yield [root, `version '${version}' is of no known release`];
      const original = root.attributes["original-version"];
      if (original !== void 0 && Number(original) > Number(version))
        yield [root, `original-version '${original}' is above version '${version}'`];
    }
  },
  {
    name: "element-order",
    hint: "Tableau refuses the file with D2E8DA72: move the element.",
    *find({ root }) {
      for (const element of within(root)) {
        const order = ORDERS[element.name];
        if (order === void 0) continue;
        let highest = -1;
        for (const child of element.children) {
          const place = order.indexOf(child.name);
          if (place === -1 || element.name === "datasource" && highest === order.length - 1) continue;
          if (place < highest) yield [child, `<${child.name}> stands after <${order[highest]}> in <${element.name}>`];
          else highest = place;
        }
      }
    }
  },
  {
    name: "explain-data",
    hint: "Files of version 18.1 must not have it (Tableau 2025 refuses them with D2E8DA72), later ones must.",
    *find({ root, version }) {
      if (root.name !== "workbook") return;
      const [found] = childrenOf(root, "explain-data");
      if (version === "18.1" && found !== void 0) yield [found, "<explain-data> stands in a file of version 18.1"];
      if (version !== "18.1" && found === void 0) yield [root, `<explain-data> is missing in a file of version ${version}`];
    }
  },
  {
    name: "downgrade-mark",
    hint: "Names that begin with _.fcp. are what Tableau itself writes for older programs; leave them out.",
    *find({ root }) {
      for (const element of within(root))
        if (element.name.startsWith("_.fcp.") || Object.keys(element.attributes).some((name) => name.startsWith("_.fcp.")))
          yield [element, `<${element.name}> has a name of Tableau's own downgrading`];
    }
  },
  {
    name: "type-attribute",
    hint: "Tableau refuses the file with D2E8DA72: a mark's kind is its class, a zone's its type-v2.",
    *find({ root }) {
      for (const mark of allOf(root, "mark")) if ("type" in mark.attributes) yield [mark, "<mark> has an attribute type"];
      for (const zone of allOf(root, "zone")) if ("type" in zone.attributes) yield [zone, "<zone> has an attribute type"];
    }
  },
  {
    name: "empty-container",
    hint: "Leave it out or fill it: Tableau ends with an internal error (2805CF18) that names no line.",
    *find({ root }) {
      for (const name of ["worksheets", "dashboards", "thumbnails", "viewpoints", "datasources", "actions"])
        for (const element of allOf(root, name)) if (element.children.length === 0) yield [element, `<${name}> is empty`];
    }
  },
  {
    name: "identifier",
    hint: "Give each its own: Tableau tells elements apart by them.",
    *find({ root }) {
      yield* repeated(
        allOf(root, "simple-id"),
        ({ attributes }) => attributes.uuid ?? "",
        (element) => element,
        (uuid) => `two elements have the simple-id ${uuid}`
      );
      yield* repeated(
        allOf(root, "zone").filter(({ attributes }) => "id" in attributes),
        ({ attributes }) => attributes.id,
        (element) => element,
        (id) => `two zones have the id ${id}`
      );
      for (const { attributes, ...element } of allOf(root, "simple-id"))
        if (!/^\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$/.test(attributes.uuid ?? ""))
          yield [{ attributes, ...element }, `"${attributes.uuid ?? ""}" is no simple-id`];
    }
  },
  {
    name: "manifest",
    hint: "A program refuses a name that it does not know, and an element whose name is not listed: list what is used.",
    *find({ root, version }) {
      const manifest = childOf(root, "document-format-change-manifest");
      if (manifest === null) {
        yield [root, "there is no <document-format-change-manifest>"];
        return;
      }
      const listed = new Set(manifest.children.map(({ name }) => name));
      if (version !== "18.1") {
        if (!listed.has("ManifestByVersion")) yield [manifest, `<ManifestByVersion> is missing in a file of version ${version}`];
        return;
      }
      for (const [feature, isUsed] of FEATURES) {
        const user = [...within(root)].find(({ name, attributes }) => isUsed(name, attributes));
        if (user !== void 0 && !listed.has(feature)) yield [user, `<${user.name}> needs ${feature} in the manifest`];
        if (user === void 0 && listed.has(feature)) yield [manifest, `${feature} is listed and not used`];
      }
      for (const { name, ...element } of manifest.children)
        if (!FEATURES.some(([feature]) => feature === name) && !HARMLESS.has(name))
          yield [{ name, ...element }, `${name} is a feature of no known program`];
    }
  },
  {
    name: "secret",
    hint: "Take it out: Tableau asks for it when the file is opened, or keeps it when it is published.",
    *find({ root }) {
      for (const element of within(root))
        for (const [name, value] of Object.entries(element.attributes))
          if (/^(password|passwd|pwd|token|secret)$/i.test(name) && value !== "") yield [element, `<${element.name}> has a ${name}`];
          else if (/\b(password|pwd)\s*=\s*[^;\s]/i.test(value)) yield [element, `${name} of <${element.name}> holds a password`];
    }
  },
  {
    name: "local-path",
    hint: "The file must open on another machine: paths are relative to the packaged workbook, and nothing is filled in from the environment.",
    *find({ root }) {
      for (const element of within(root))
        for (const name of ["directory", "filename", "server", "dbname", "username", "port"]) {
          const value = element.attributes[name] ?? "";
          if (/^([A-Za-z]:[\\/]|\/|~|\\\\)/.test(value)) yield [element, `${name} of <${element.name}> is a path of a machine`];
          if (/\$\{|%\w+%/.test(value)) yield [element, `${name} of <${element.name}> is to be filled in from the environment`];
        }
    }
  }
];

// src/reports/tableau/validate/checks/index.ts
var CHECKS = [...STRUCTURE, ...SOURCES, ...SHEETS, ...DASHBOARDS];
function runChecks(workbook) {
  return CHECKS.flatMap(
    ({ name, hint, find }) => [...find(workbook)].map(([at, message]) => ({ check: name, line: at?.line ?? null, message, hint }))
  ).sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

// try.mjs
for (const f of process.argv.slice(2)) {
  const b = readFileSync(f);
  const x = parseXml(b);
  const w = readWorkbook(x.root);
  console.log(f, await checkSchema(b, w.version, "/work/shared/schemas/tableau"), runChecks(w));
}
