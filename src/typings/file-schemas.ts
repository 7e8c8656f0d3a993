import { z } from "zod";
import {
  CONFIG_SHAPES,
  columnType,
  PROJECT_SHAPE,
  PROPERTIES_SHAPE,
  SELECTORS_SHAPE,
  TARGET_SHAPES,
} from "../project/index.js";
import { columnTypePattern } from "./column-type-pattern.js";
import { KEY_DESCRIPTIONS } from "./key-descriptions.js";

/** A JSON Schema, or a part of one. */
export interface Schema {
  [keyword: string]: unknown;
}

/** The files of a project that have a schema. */
export const SCHEMA_FILES = {
  "project.schema.json": projectSchema,
  "properties.schema.json": () => fileSchema("properties", "A properties file of sla", PROPERTIES_SHAPE),
  "selectors.schema.json": () => fileSchema("selectors", "selectors.yml of sla", SELECTORS_SHAPE),
} satisfies Record<string, () => Schema>;

/** A draft that all editors know. */
const DRAFT = { target: "draft-7", io: "input", unrepresentable: "any" } as const;

function fileSchema(root: string, title: string, shape: z.ZodType): Schema {
  const { $schema, ...schema } = described(jsonSchema(shape), root);
  // A file without anything in it is a mapping without keys.
  return { $schema, title, ...schema, type: ["object", "null"] };
}

function projectSchema(): Schema {
  const schema = fileSchema("project", "project.yml of sla", PROJECT_SHAPE);
  const properties = schema.properties as Record<string, Schema>;
  const definitions: Record<string, Schema> = {};
  for (const [key, type] of Object.entries(FOLDERS)) {
    definitions[`${type}-config`] ??= folderConfig(type);
    properties[key] = {
      anyOf: [{ $ref: `#/definitions/${type}-config` }, { type: "null" }],
      description: `${KEY_DESCRIPTIONS[key]}: config by folder, inherited downwards`,
    };
  }
  properties.targets = {
    ...properties.targets,
    anyOf: [{ type: "object", additionalProperties: target() }, { type: "null" }],
  };
  return { ...schema, type: "object", definitions };
}

const FOLDERS: Readonly<Record<string, keyof typeof CONFIG_SHAPES>> = {
  models: "model",
  snapshots: "snapshot",
  seeds: "seed",
  procedures: "procedure",
  sources: "source",
  tests: "test",
  data_tests: "test",
};

/** Config of a folder: its keys, with or without `+`; any other key is a folder in it. */
function folderConfig(type: keyof typeof CONFIG_SHAPES): Schema {
  const { properties } = described(jsonSchema(CONFIG_SHAPES[type]), "config") as {
    properties: Record<string, Schema>;
  };
  const known = Object.keys(properties);
  const plus = Object.entries(properties).map(([name, schema]) => [`+${name}`, schema]);
  return {
    type: "object",
    properties: { ...properties, ...Object.fromEntries(plus) },
    propertyNames: { pattern: `^(?!\\+)|^\\+(?:${known.join("|")})$` },
    additionalProperties: { $ref: `#/definitions/${type}-config` },
  };
}

/** A target: any of its values may come from the environment. */
function target(): Schema {
  const fromEnvironment = { type: "string", pattern: "\\$\\{" };
  const shapes = Object.entries(TARGET_SHAPES).map(([type, shape]) => {
    const { $schema, properties, ...rest } = described(jsonSchema(shape), type) as Schema & {
      properties: Record<string, Schema>;
    };
    const given = Object.entries(properties).map(([name, { description, ...schema }]) => [
      name,
      name === "type" ? { ...schema, description } : { anyOf: [schema, fromEnvironment], description },
    ]);
    return { ...rest, properties: Object.fromEntries(given) };
  });
  const [first, ...others] = shapes;
  const isType = (type: string) => ({ properties: { type: { const: type } }, required: ["type"] });
  // Of the type that is given, so that an editor tells what is wrong with that one.
  return {
    type: "object",
    required: ["type"],
    properties: { type: { enum: Object.keys(TARGET_SHAPES) } },
    allOf: [first, ...others].map((then, at) => ({ if: isType(Object.keys(TARGET_SHAPES)[at]!), then })),
  };
}

function jsonSchema(shape: z.ZodType): Schema {
  return z.toJSONSchema(shape, {
    ...DRAFT,
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema === (columnType as unknown)) jsonSchema.pattern = columnTypePattern();
      // A name of anything says nothing.
      if (jsonSchema.propertyNames !== undefined && Object.keys(jsonSchema.propertyNames).length <= 1)
        delete jsonSchema.propertyNames;
    },
  }) as Schema;
}

/** Says at each key what it means. */
function described(schema: Schema, parent: string): Schema {
  const entries = Object.entries(schema).map(([keyword, value]) => {
    if (keyword === "properties") return [keyword, describedKeys(value as Record<string, Schema>, parent)];
    if (Array.isArray(value))
      return [keyword, value.map((item) => (isSchema(item) ? described(item, parent) : item))];
    return [keyword, isSchema(value) && keyword !== "default" ? described(value, parent) : value];
  });
  return Object.fromEntries(entries);
}

function describedKeys(properties: Record<string, Schema>, parent: string): Record<string, Schema> {
  return Object.fromEntries(
    Object.entries(properties).map(([key, schema]) => {
      const description = KEY_DESCRIPTIONS[`${parent}.${key}`] ?? KEY_DESCRIPTIONS[key];
      return [key, { ...described(schema, key), ...(description !== undefined && { description }) }];
    }),
  );
}

function isSchema(value: unknown): value is Schema {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
