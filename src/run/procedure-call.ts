import type { Connection } from "../adapters/index.js";
import type { BoundArgument } from "../compile/index.js";
import { type Location, SlaError, toSlaErrors } from "../errors/index.js";
import { shadowOf } from "../materializations/index.js";
import { inSource } from "./error-location.js";
import type { RunContext } from "./node-runner.js";
import { type RenderedProcedure, withSecurity } from "./procedure-text.js";

/** Says in the session which statement of the body runs. */
const AT = "@sla_statement";

/** Creates the routine under a name of the run's, calls it, and drops it again, whatever comes of it. */
export async function callStaged(
  rendered: RenderedProcedure,
  literals: readonly BoundArgument[],
  context: RunContext,
  connection: Connection,
): Promise<void> {
  const { node, body } = rendered;
  const routines = context.adapter.dialect.routines!;
  const relation = shadowOf({ schema: node.schema, identifier: node.alias });
  const create = (text: string) =>
    connection.execute(
      routines.create({
        relation,
        parameters: rendered.parameters,
        characteristics: withSecurity(rendered.characteristics),
        comment: "",
        body: text,
      }),
    );
  const fail = (error: unknown) => inSource(error, body, null, node.original_file_path);
  const drop = () => connection.execute(routines.drop(relation));
  const { statementStarts } = await import("../sql/procedure-marks.js");
  try {
    await createAnew(() => create(marked(body.code, statementStarts(body.code))), drop)
      // Marked, it tells which statement failed; as it is written, the server's own places are right.
      .catch(() => createAnew(() => create(body.code), drop));
  } catch (error) {
    throw fail(error);
  }
  try {
    await connection.execute(`SET ${AT} = -1`);
    // Not by execute, which sends again what a deadlock undid: a body may have committed before.
    await connection.query(
      routines.call(
        relation,
        literals.map(({ literal }) => literal),
      ),
    );
  } catch (error) {
    throw fail(await placed(toSlaErrors(error)[0]!, rendered, connection));
  } finally {
    await drop().catch(() => {});
  }
}

/** An attempt that lost its session may have left the routine: only then it is dropped, which takes a right of its own. */
async function createAnew(create: () => Promise<unknown>, drop: () => Promise<unknown>): Promise<void> {
  try {
    await create();
  } catch (error) {
    if (!isThere(error)) throw error;
    await drop();
    await create();
  }
}

function isThere(error: unknown): boolean {
  return ((error as SlaError).cause as { errno?: number } | undefined)?.errno === 1304;
}

function marked(body: string, starts: readonly number[]): string {
  let text = body;
  for (const start of starts.toReversed())
    text = `${text.slice(0, start)}SET ${AT} = ${start}; ${text.slice(start)}`;
  return text;
}

/** The error of a call at the statement that failed, as far as the session still tells. */
async function placed(
  error: SlaError,
  { node, body }: RenderedProcedure,
  connection: Connection,
): Promise<SlaError> {
  if (error.code === "SLA405") return error;
  const [row] = await connection.query(`SELECT ${AT} AS at`).catch(() => []);
  const found = Number(row?.at ?? -1);
  const at = found >= 0 ? found : await onlyWrite(body.code);
  if (at === undefined) return error;
  const location: Location = body.locate(at);
  return new SlaError({
    code: error.code,
    message: error.message,
    hint: error.hint,
    location,
    node: node.unique_id,
    cause: error.cause,
  });
}

/** The only statement that writes at all. */
async function onlyWrite(body: string): Promise<number | undefined> {
  const { writtenNames } = await import("../sql/procedure-marks.js");
  const writes = writtenNames(body);
  return writes.length === 1 ? writes[0]!.start : undefined;
}
