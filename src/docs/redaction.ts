import { type Redaction, redaction as redactionOf } from "../errors/index.js";
import type { Project } from "../project/index.js";

/** Takes out of a text what must not leave the machine: the target's password, too. */
export function redaction(project: Project): Redaction {
  const { password } = project.target as { password?: unknown };
  return redactionOf({ dir: project.dir, env: project.env, secrets: [password] });
}
