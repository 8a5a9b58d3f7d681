/** An option of a command line. */
export interface OptionSpec {
  readonly type: 'boolean' | 'string' | 'number';
  readonly describe: string;
  readonly alias?: string;
  /** May be given several times. */
  readonly many?: boolean;
  readonly choices?: readonly string[];
  readonly default?: string;
  /** What the value is, for the help: STAGE, FILE, key=value. */
  readonly value?: string;
  /** The option may stand alone: `--force` beside `--force=train`; alone it is the empty string. */
  readonly valueOptional?: boolean;
}

/** A word of a command line that is not an option. */
export interface ArgumentSpec {
  readonly name: string;
  readonly describe: string;
  readonly required?: boolean;
  readonly many?: boolean;
  readonly choices?: readonly string[];
}

/** What a project's command gets to work with. */
export interface CommandContext {
  readonly args: {
    flag(name: string): boolean;
    text(name: string): string | undefined;
    number(name: string): number | undefined;
    list(name: string): readonly string[];
  };
  /** Data goes to `out` (standard output), words for people to `say` (standard error), both as they are. */
  readonly io: {
    readonly cwd: string;
    readonly out: (text: string) => void;
    readonly say: (text: string) => void;
    readonly signal: AbortSignal;
  };
  readonly projectDir: string;
  /** The store's folder, as SLUICE_ARTIFACTS may have moved it. */
  readonly artifactsDir: string;
  /** The address of the tracking server of the config (options `config` and `set`, where the command declares them); an embedded one is started if asked. @throws SluiceError CONFIG_*, MLFLOW_*; MLFLOW_UNREACHABLE for an embedded one that is down and not to be started */
  readonly trackingUri: (server: { readonly start: boolean }) => Promise<string>;
  /** Bundles a module of the project, named from its folder, for a worker thread: the file to load. @throws SluiceError GRAPH_LOAD */
  readonly bundle: (file: string) => Promise<string>;
  /** The last good artifact of STAGE.PORT, its bytes proven. @throws SluiceError ARTIFACT_MISSING, STORE_CORRUPT */
  readonly artifact: (port: string) => Promise<{ readonly path: string; readonly sha256: string }>;
}

/** The body of a project's command, exported as `command`; resolves to the exit code. */
export type CommandRun = (context: CommandContext) => Promise<number>;

/**
 * A command that a project adds to `sluice`: `definePipeline({ name, stages, commands: [drift] })`. As with a stage, its body is
 * bundled and loaded only when it is called. A built-in command of the same name wins.
 */
export interface ProjectCommand {
  readonly name: string;
  readonly summary: string;
  /** Paragraphs for the help. */
  readonly details?: string;
  readonly positionals?: readonly ArgumentSpec[];
  readonly options?: Readonly<Record<string, OptionSpec>>;
  readonly examples?: readonly (readonly [command: string, what: string])[];
  /** Its exit codes 2 and up are verdicts: a usage error then ends with 64 and any other failure with 1. */
  readonly verdictCodes?: boolean;
  /** What the first Ctrl-C says is done then, such as "finishing the calls that are under way"; "ending in order" by default. */
  readonly ending?: string;
  readonly load: () => Promise<{ readonly command: CommandRun }>;
}
