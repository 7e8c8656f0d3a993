import { z } from "zod";

/** The arguments that each generic test takes beside the column. A new test is a line here, and its SQL in `quality`. */
export const GENERIC_TESTS = {
  unique: {},
  not_null: {},
  accepted_values: {
    values: z
      .array(z.union([z.string(), z.number(), z.boolean()]), { error: "expected a list of values" })
      .min(1),
    quote: z.boolean().optional(),
  },
  relationships: {
    to: z.string({ error: "expected ref('model') or source('source', 'table')" }),
    field: z.string(),
  },
} satisfies Record<string, z.core.$ZodLooseShape>;

/** The name of a generic test. */
export type GenericTest = keyof typeof GENERIC_TESTS;
