import type { Relation } from "../manifest/index.js";

/** Who shall have which privileges on a relation: grantees by privilege. */
export interface Grants {
  relation: Relation;
  privileges: Readonly<Record<string, readonly string[]>>;
}
