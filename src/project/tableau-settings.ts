import { z } from "zod";
import { object } from "./shape.js";

/** Drivers that a live connection can name. */
const CLASSES = ["mysql", "mariadb"] as const;

/** Where readers of Tableau files find the marts. It holds no password, and none of the build's own credentials. */
export interface TableauSettings {
  /** The server as readers reach it. */
  server: string;
  port: number;
  /** An account that may only read. */
  username: string;
  /** Whether the connection is encrypted. */
  tls: boolean;
  class: (typeof CLASSES)[number];
  /** The schema that stands in place of the target's own; null for the target's. */
  schema: string | null;
  /** The folder of Tableau's schemas that files are checked with, below the project; null where none is named. */
  schemas?: string | null;
}

const text = (what: string) =>
  z
    .string({ error: `expected ${what}` })
    .min(1, { error: `expected ${what}` })
    .regex(/^[^$\s]+$/, {
      error: `expected ${what} as it stands: nothing is filled in from the environment`,
    });

/** `tableau:` in project.yml. */
export const tableauShape = object({
  server: text("the name of a server").default("localhost"),
  port: z
    .int({ error: "expected a port" })
    .min(1)
    .max(65_535, { error: "expected a port, 1 to 65535" })
    .default(3306),
  username: text("the name of an account").default("sla_reader"),
  tls: z.boolean({ error: "expected true or false" }).default(false),
  class: z.enum(CLASSES, { error: `expected ${CLASSES.join(" or ")}` }).default("mysql"),
  schema: text("a schema").nullish(),
  schemas: text("a folder").nullish(),
}).nullish();

/** The settings with everything that is not said. */
export function tableauSettings(given: z.output<typeof tableauShape>): TableauSettings {
  const read = given ?? tableauShape.unwrap().unwrap().parse({});
  return { ...read, schema: read.schema ?? null, schemas: read.schemas ?? null };
}
