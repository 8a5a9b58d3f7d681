import type { OptionSpec } from '../graph/project-command.ts';
import type { CliIo } from './cli-io.ts';

export type { OptionSpec };

export interface PositionalSpec {
  readonly name: string;
  readonly describe: string;
  readonly required?: boolean;
  readonly many?: boolean;
  readonly choices?: readonly string[];
  /** What a shell offers here. */
  readonly completes?: readonly ('stages' | 'ports' | 'runs')[];
}

/** The arguments of a command, as parsed and checked. */
export class CommandArgs {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values;
  }

  flag(name: string): boolean {
    return this.#values[name] === true;
  }

  text(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  }

  number(name: string): number | undefined {
    const value = this.#values[name];
    return typeof value === 'number' ? value : undefined;
  }

  /** The values of an option or positional that may be given several times. */
  list(name: string): readonly string[] {
    const value = this.#values[name];
    return Array.isArray(value) ? value.map(String) : [];
  }

  has(name: string): boolean {
    const value = this.#values[name];
    return value !== undefined && !(Array.isArray(value) && value.length === 0);
  }
}

/** Does the work; resolves to the exit code. */
export type CommandBody = (args: CommandArgs, io: CliIo) => Promise<number>;

/** A command's face: light enough to be loaded for every command line. The body is loaded when it is called. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Paragraphs for the reference. */
  readonly details?: string;
  readonly positionals?: readonly PositionalSpec[];
  readonly options?: Readonly<Record<string, OptionSpec>>;
  readonly examples?: readonly (readonly [command: string, what: string])[];
  /** Exit codes 2 and up are verdicts of its own: a usage error ends with 64, any other failure with 1. */
  readonly verdictCodes?: boolean;
  /** The first Ctrl-C aborts `io.signal` instead of ending the process. */
  readonly interruptible?: boolean;
  /** What that Ctrl-C says is done then; of stages by default. */
  readonly ending?: string;
  readonly load: () => Promise<CommandBody>;
}
