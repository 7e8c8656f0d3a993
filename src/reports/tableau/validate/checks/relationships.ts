import { allOf, bare, childOf, childrenOf, type Element } from "../element.js";
import { relationsOf } from "../workbook.js";
import { type Check, repeated } from "./check.js";

/** The fields by which a relationship goes must be of its two ends, in their order, and of one type. */
function* fieldsApart(
  relationship: Element,
  records: ReadonlyMap<string, Element>,
): Generator<readonly [Element, string]> {
  const ends = ["first-end-point", "second-end-point"].map(
    (name) => childOf(relationship, name)?.attributes["object-id"],
  );
  for (const equality of allOf(relationship, "expression")) {
    if (equality.attributes.op !== "=") continue;
    const known = equality.children.map(({ attributes }) => records.get(attributes.op ?? ""));
    for (const [at, record] of known.entries()) {
      const id = bare(childOf(record, "object-id")?.text ?? "");
      if (record !== undefined && id !== ends[at])
        yield [
          equality.children[at]!,
          `a relationship goes by ${equality.children[at]!.attributes.op} at its ${at === 0 ? "first" : "second"} end, which is of another table`,
        ];
    }
    const types = known.map((record) => childOf(record, "local-type")?.text);
    if (known.every((record) => record !== undefined) && types[0] !== types[1])
      yield [equality, `a relationship compares ${types[0]} with ${types[1]}`];
  }
}

/** What data sources of several tables must keep to. */
export const RELATIONSHIPS: readonly Check[] = [
  {
    name: "relationship",
    hint: "Tableau cannot relate the tables: name objects and fields that the source has.",
    *find({ sources }) {
      for (const { element, columns, records } of sources.values()) {
        const graph = childOf(element, "object-graph");
        const objects = new Set(allOf(graph, "object").map(({ attributes }) => attributes.id));
        for (const relationship of allOf(graph, "relationship")) {
          for (const end of relationship.children)
            if (end.name.endsWith("-end-point") && !objects.has(end.attributes["object-id"]))
              yield [
                end,
                `a relationship ends at the object "${end.attributes["object-id"]}", which does not exist`,
              ];
          for (const { attributes, ...expression } of allOf(relationship, "expression"))
            if (attributes.op !== "=" && attributes.op !== "AND" && !columns.has(attributes.op ?? ""))
              yield [
                { attributes, ...expression },
                `a relationship goes by ${attributes.op}, which is no field of the source`,
              ];
          yield* fieldsApart(relationship, records);
        }
      }
    },
  },
  {
    name: "column-map",
    hint: "Of several tables every field says which column of which table it is.",
    *find({ sources }) {
      for (const source of sources.values()) {
        const collection = allOf(childOf(source.element, "connection"), "relation").some(
          ({ attributes }) => attributes.type === "collection",
        );
        if (!collection) continue;
        const maps = childrenOf(childOf(source.element, "connection", "cols"), "map");
        const keys = new Set(maps.map(({ attributes }) => attributes.key));
        const tables = new Set(relationsOf(source).map(({ attributes }) => attributes.name));
        for (const [name, record] of source.records)
          if (!keys.has(name)) yield [record, `the field ${name} is not among <cols>`];
        for (const map of maps) {
          const table = /^\[([^\]]+)\]\./.exec(map.attributes.value ?? "")?.[1];
          const record = source.records.get(map.attributes.key ?? "");
          const place = `${childOf(record, "parent-name")?.text}.[${childOf(record, "remote-name")?.text}]`;
          if (table === undefined || !tables.has(table))
            yield [
              map,
              `${map.attributes.key} is of the table "${table ?? ""}", which the source does not have`,
            ];
          else if (record !== undefined && record !== null && place !== map.attributes.value)
            yield [
              map,
              `${map.attributes.key} is ${map.attributes.value}, its metadata record is of ${place}`,
            ];
        }
      }
    },
  },
  {
    name: "relationship-tree",
    hint: "Tableau needs one way from each table to each other: relate every table once, and put one in twice that is related twice.",
    *find({ sources }) {
      for (const { element } of sources.values()) {
        const graph = childOf(element, "object-graph");
        const objects = allOf(graph, "object");
        if (objects.length < 2) continue;
        yield* repeated(
          relationsOf({ element }),
          ({ attributes }) => attributes.name ?? "",
          (relation) => relation,
          (name) => `two tables of a source are called ${name}`,
        );
        const group = new Map(objects.map(({ attributes }) => [attributes.id ?? "", attributes.id ?? ""]));
        for (const relationship of allOf(graph, "relationship")) {
          const [one, two] = relationship.children
            .filter(({ name }) => name.endsWith("-end-point"))
            .map(({ attributes }) => group.get(attributes["object-id"] ?? ""));
          if (one === undefined || two === undefined) continue;
          if (one === two) yield [relationship, "a relationship closes a circle"];
          for (const [id, of] of group) if (of === two) group.set(id, one);
        }
        const [first] = group.values();
        for (const object of objects)
          if (group.get(object.attributes.id ?? "") !== first)
            yield [object, `the table ${object.attributes.caption ?? ""} is related to none before it`];
      }
    },
  },
];
