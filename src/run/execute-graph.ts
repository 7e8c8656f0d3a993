/** A unit of work and what must have ended before it may start. */
export interface Task {
  id: string;
  /** Ids of tasks in the same run. */
  after: readonly string[];
}

/** What is run, how, and until when. */
export interface GraphOptions {
  /** In the order in which ready tasks are started. */
  tasks: readonly Task[];
  threads: number;
  /** Runs one task and says whether those after it may run. Must not throw: an error is an outcome. */
  run(id: string, thread: number): Promise<"ok" | "blocks" | "stops">;
  /** Called for each task that will not run: it stands behind one that blocks (`cause`), or the run was stopped. */
  skip(id: string, cause: string | null): void;
  /** No task is started after the abort; those that run are awaited. */
  signal: AbortSignal;
}

/**
 * Runs tasks over their graph with a bounded number at once. A task that blocks skips its descendants and nothing
 * else; one that stops (fail-fast) skips all that has not started.
 */
export async function executeGraph(options: GraphOptions): Promise<void> {
  const { tasks, signal } = options;
  const position = new Map(tasks.map((task, index) => [task.id, index]));
  const children = new Map<string, string[]>(tasks.map((task) => [task.id, []]));
  const waiting = new Map<string, number>();
  for (const task of tasks) {
    const parents = new Set(task.after.filter((id) => id !== task.id && position.has(id)));
    waiting.set(task.id, parents.size);
    for (const parent of parents) children.get(parent)?.push(task.id);
  }

  const ready = tasks.filter((task) => waiting.get(task.id) === 0).map((task) => position.get(task.id)!);
  ready.sort((a, b) => b - a); // a stack: the first task is last
  const free = Array.from({ length: Math.max(1, options.threads) }, (_, index) => options.threads - index);
  const settled = new Set<string>();
  let stopped = signal.aborted;

  const insert = (index: number): void => {
    let low = 0;
    let high = ready.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (ready[middle]! > index) low = middle + 1;
      else high = middle;
    }
    ready.splice(low, 0, index);
  };

  const settle = (id: string): void => {
    settled.add(id);
    for (const child of children.get(id) ?? []) {
      const left = waiting.get(child)! - 1;
      waiting.set(child, left);
      if (left === 0 && !settled.has(child)) insert(position.get(child)!);
    }
  };

  /** Skips what depends on `id`, in run order, before anything behind it can become ready. */
  const skipBehind = (id: string): void => {
    const behind = new Set<string>();
    const stack = [...(children.get(id) ?? [])];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      if (behind.has(next) || settled.has(next)) continue;
      behind.add(next);
      stack.push(...(children.get(next) ?? []));
    }
    const ordered = [...behind].sort((a, b) => position.get(a)! - position.get(b)!);
    for (const skipped of ordered) settled.add(skipped);
    for (const skipped of ordered) options.skip(skipped, id);
  };

  await new Promise<void>((resolve, reject) => {
    let running = 0;
    const pump = (): void => {
      while (!stopped && !signal.aborted && ready.length > 0 && free.length > 0) {
        const task = tasks[ready.pop()!]!;
        if (settled.has(task.id)) continue;
        const thread = free.pop()!;
        running += 1;
        options.run(task.id, thread).then((outcome) => {
          running -= 1;
          free.push(thread);
          if (outcome !== "ok") skipBehind(task.id);
          if (outcome === "stops") stopped = true;
          settle(task.id);
          pump();
        }, reject);
      }
      if (running === 0) resolve();
    };
    pump();
  });

  for (const task of tasks) if (!settled.has(task.id)) options.skip(task.id, null);
}
