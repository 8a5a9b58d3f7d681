import { errorCodes } from '../errors/codes.ts';
import { SluiceError, serializeError, toSluiceError } from '../errors/sluice-error.ts';
import { type CliIo, processIo } from './cli-io.ts';
import { commands } from './command-table.ts';
import type { Command } from './command.ts';
import { watchSignals } from './watch-signals.ts';

/** How long what is left of the event loop may hold the process after the command has ended, in ms. */
const LINGER_MS = 1000;

/**
 * The command line. Loads only what the command needs: `status` starts no parser.
 * @returns the exit code
 */
export async function main(argv: readonly string[]): Promise<number> {
  const controller = new AbortController();
  const io = processIo(controller.signal);
  process.stdout.on('error', ignoreClosedPipe);
  process.stderr.on('error', ignoreClosedPipe);
  try {
    return await dispatch(argv, io, controller);
  } catch (error) {
    return await reportError(error, argv, io);
  } finally {
    setTimeout(() => process.exit(), LINGER_MS).unref();
  }
}

async function dispatch(argv: readonly string[], io: CliIo, controller: AbortController): Promise<number> {
  const [name, ...args] = argv;
  if (name === '--version' || name === '-v') return print(io, `${(await import('../util/version.ts')).version}\n`);
  if (name === undefined || name === '--help' || name === '-h' || (name === 'help' && args.length === 0))
    return print(
      io,
      (await import('./top-help.ts')).topHelp(commands, await (await import('./project-commands.ts')).ownCommands(io), io.outPaint),
    );
  if (name === 'help') return dispatch([args[0] ?? '', '--help'], io, controller);
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) return dispatchOwn(name, args, { io, controller });
  if (command.name === 'status' && args.every((arg) => FAST_STATUS.has(arg))) {
    const code = await (await import('./commands/fast-status.ts')).tryFastStatus(args, io);
    if (code !== null) return code;
  }
  if (command.name === 'run' && args.every((arg) => FAST_RUN.has(arg))) {
    const code = await (await import('./commands/fast-run.ts')).tryFastRun(args, io);
    if (code !== null) return code;
  }
  // Asked at each press of Tab: no parser.
  if (command.name === 'completion' && args[0] === 'candidates')
    return (await import('./completion/print-candidates.ts')).printCandidates(args.slice(1), commands, io);
  return runCommand(command, args, { io, controller });
}

/** Where the graph does not load, its command of that name may have verdicts for exit codes: 2 would be taken for one. */
async function dispatchOwn(
  name: string,
  args: readonly string[],
  { io, controller }: { readonly io: CliIo; readonly controller: AbortController },
): Promise<number> {
  let command: Command | undefined;
  try {
    command = await projectCommand(name, io);
  } catch (error) {
    if ((await unknownCommand(name, io)).message.includes('Did you mean')) throw await unknownCommand(name, io);
    await reportError(error, args, io);
    return USAGE_BESIDE_VERDICTS;
  }
  if (command === undefined) throw await unknownCommand(name, io);
  return runCommand(command, args, { io, controller });
}

/** With these arguments alone `status` needs no config and no parser. */
const FAST_STATUS: ReadonlySet<string> = new Set(['-q', '--quiet', '--json']);

/** With these arguments alone a run that has nothing to do needs neither. */
const FAST_RUN: ReadonlySet<string> = new Set(['--json', '--keep-going', '--no-wait']);

async function runCommand(
  command: Command,
  args: readonly string[],
  { io, controller }: { readonly io: CliIo; readonly controller: AbortController },
): Promise<number> {
  try {
    return await parseAndRun(command, args, { io, controller });
  } catch (error) {
    if (command.verdictCodes !== true) throw error;
    const code = await reportError(error, args, io);
    if (code === 2) return USAGE_BESIDE_VERDICTS;
    return code > 128 ? code : 1;
  }
}

/** sysexits’ EX_USAGE, for commands whose own verdict takes 2. */
const USAGE_BESIDE_VERDICTS = 64;

async function parseAndRun(
  command: Command,
  args: readonly string[],
  { io, controller }: { readonly io: CliIo; readonly controller: AbortController },
): Promise<number> {
  const { parseCommand, commandHelp } = await import('./parse-command.ts');
  const parsed = await parseCommand(command, args);
  if (parsed === null) return print(io, `${await commandHelp(command)}\n`);
  const body = await command.load();
  if (command.interruptible !== true) return body(parsed, io);
  const signals = watchSignals(controller, { io, ending: command.ending ?? 'ending the stages in order' });
  try {
    const code = await body(parsed, io);
    return signals.exitCode() ?? code;
  } finally {
    signals.stop();
  }
}

/**
 * A command of the project that `io.cwd` lies in. Its graph is loaded only for a name that no built-in command has.
 * @throws SluiceError GRAPH_LOAD
 */
async function projectCommand(name: string, io: CliIo): Promise<Command | undefined> {
  if (name.startsWith('-')) return undefined;
  const { loadOwnCommands } = await import('./project-commands.ts');
  return (await loadOwnCommands(io)).find((candidate) => candidate.name === name);
}

async function unknownCommand(name: string, io: CliIo): Promise<SluiceError> {
  const [{ didYouMean }, { ownCommands }] = await Promise.all([import('../errors/close-match.ts'), import('./project-commands.ts')]);
  const names = [...commands, ...(await ownCommands(io))].map((command) => command.name);
  if (name.startsWith('-'))
    return new SluiceError('USAGE', `the command comes first, then its options; "${name}" is none`, {
      hint: `Write: sluice COMMAND ${name}. The commands are: ${names.join(', ')}.`,
    });
  return new SluiceError('USAGE', `there is no command "${name}".${didYouMean(name, names)}`, {
    hint: `The commands are: ${names.join(', ')}. See: sluice --help`,
  });
}

async function reportError(thrown: unknown, argv: readonly string[], io: CliIo): Promise<number> {
  const error = toSluiceError(thrown);
  const [{ renderError }, { jsonLine }, { stamp }] = await Promise.all([
    import('../errors/render-error.ts'),
    import('../events/render-json.ts'),
    import('../events/event.ts'),
  ]);
  const serialized = serializeError(error);
  if (argv.includes('--json')) io.out(`${jsonLine(stamp({ type: 'error', error: serialized }))}\n`);
  io.say(`${renderError(serialized, { paint: io.paint, cwd: io.cwd, stack: error.code === 'INTERNAL' })}\n`);
  return errorCodes[error.code].exit;
}

function print(io: CliIo, text: string): number {
  io.out(text);
  return 0;
}

/** `sluice runs | head` closes the pipe early: nothing is wrong. Nor is it where the terminal is gone: SIGHUP says so too. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0);
  if (error.code !== 'EIO') throw error;
}
