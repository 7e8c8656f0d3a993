/** How a pool makes, checks and closes its sessions. */
export interface SessionLifecycle<S> {
  open(): Promise<S>;
  /** Whether a session that was given back can serve again. */
  usable(session: S): boolean;
  close(session: S): Promise<void>;
}

/**
 * Sessions, opened when needed and kept for the next who asks. How many are out at once is up to the executor, which bounds
 * its own work: a hard limit here would hang a node that holds a session and needs a second one (a seeder fills several
 * tables side by side). `keep` bounds only what stays open while idle.
 */
export class SessionPool<S> {
  readonly #idle: S[] = [];
  readonly #busy = new Set<S>();
  #closed = false;

  constructor(
    private readonly lifecycle: SessionLifecycle<S>,
    private readonly keep: number,
  ) {}

  /** The sessions that are out. */
  get busy(): ReadonlySet<S> {
    return this.#busy;
  }

  async acquire(): Promise<S> {
    if (this.#closed) throw new Error("the adapter is closed");
    let session = this.#idle.pop();
    while (session !== undefined && !this.lifecycle.usable(session)) {
      await this.lifecycle.close(session);
      session = this.#idle.pop();
    }
    session ??= await this.lifecycle.open();
    this.#busy.add(session);
    return session;
  }

  async release(session: S): Promise<void> {
    if (!this.#busy.delete(session)) return;
    const full = this.#idle.length >= this.keep;
    if (this.#closed || full || !this.lifecycle.usable(session)) await this.lifecycle.close(session);
    else this.#idle.push(session);
  }

  /** Closes all sessions, those that are out included. */
  async close(): Promise<void> {
    this.#closed = true;
    const sessions = [...this.#idle.splice(0), ...this.#busy];
    this.#busy.clear();
    await Promise.all(sessions.map((session) => this.lifecycle.close(session)));
  }
}
