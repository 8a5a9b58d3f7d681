export interface ChildCommand {
  /** Node's flags and the runner. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** What a stage's child is started with, and what is heard of it. */
export interface ChildStart extends ChildCommand {
  /** Its first line of input. */
  readonly order: string;
  /** Called before it has its order, with the leader of its process group. */
  readonly onPid: (pid: number) => void;
  readonly onOutput: (stream: 'stdout' | 'stderr', text: string) => void;
  /** What it wrote to file descriptor 3, in pieces of any length. */
  readonly onAnswer: (text: string) => void;
}

export interface ChildExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Starts a child and resolves once it, and all that it started, is gone and its output is read. @throws when it cannot be started */
export type StartChild = (start: ChildStart) => Promise<ChildExit>;
