import { createHash } from "node:crypto";
import type { ExistingRoutine, Repair, RoutineDefinition } from "../adapters/index.js";
import { NOTHING } from "./publication.js";
import { besideLive } from "./shadow.js";
import type { BuildSteps, ProcedureInput } from "./step.js";

/** How much of its description a routine's comment holds, in characters. */
const MAX_DESCRIPTION = 500;

/**
 * Tables that a stored procedure fills: created empty beside the live ones, filled by a call, published together. The routine that
 * others call is deployed with them, but only when it differs from what stands there.
 */
export function procedure(input: ProcedureInput): BuildSteps {
  const beside = input.tables.map((table) => besideLive(input, table));
  return {
    steps: [
      ...beside.flatMap(({ create }) => create),
      { kind: "call", written: beside.map(({ shadow }) => shadow.relation) },
      ...beside.flatMap(({ analyze }) => analyze),
    ],
    publication: {
      ...NOTHING,
      standIns: beside.map(({ swap }) => ({ live: swap.live, now: swap.shadow })),
      routines: deployment(input),
      swaps: beside.map(({ swap }) => swap),
    },
  };
}

/** Whoever finds these steps in the journal may do them again. Dropping takes a right of its own: what is not there is not dropped. */
function deployment({ routine, deployed, dialect, description }: ProcedureInput): Repair[] {
  const { routines } = dialect;
  if (routine === null || routines === null) return [];
  const signed = signRoutine(routine, description);
  if (deployed !== null && isDeployed(signed, deployed)) return [];
  if (deployed !== null && routines.replace !== null) return [{ statement: routines.replace(signed) }];
  return [
    ...(deployed === null ? [] : [{ statement: routines.drop(signed.relation) }]),
    {
      statement: routines.create(signed),
      when: { query: routines.find(signed.relation), found: false },
    },
  ];
}

/** The routine with a checksum of itself in its comment: what tells whether it must be deployed again. */
export function signRoutine(routine: RoutineDefinition, description: string): RoutineDefinition {
  const checksum = createHash("sha256")
    .update(JSON.stringify([routine.parameters, routine.characteristics, routine.body, description]))
    .digest("hex")
    .slice(0, 16);
  const short = description
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, MAX_DESCRIPTION)
    .replace(/[\ud800-\udbff]$/, "");
  return { ...routine, comment: `${short === "" ? "" : `${short} `}sla:${checksum}` };
}

/** Whether a routine's comment says that it was deployed by a run. */
export function isSigned({ comment }: ExistingRoutine): boolean {
  return /(^| )sla:[0-9a-f]{16}$/.test(comment);
}

/** Whether what stands there is this routine, untouched: its checksum is the same and, where it can be read, its body is. */
function isDeployed(wanted: RoutineDefinition, { comment, body }: ExistingRoutine): boolean {
  return comment === wanted.comment && (body === null || body.trim() === wanted.body.trim());
}
