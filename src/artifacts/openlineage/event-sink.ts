/** Takes events, each as one line of JSON. What goes wrong never reaches who sends. */
export interface EventSink {
  send(line: string): void;
  /** Resolves when all is out or given up: with what went wrong and what to do, or null. */
  close(): Promise<string | null>;
}
