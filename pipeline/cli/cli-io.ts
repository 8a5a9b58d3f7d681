import { makePaint, type Paint, wantsColour } from '../util/paint.ts';

/** What a command sees of the world: streams, environment, folder. Data goes to `out`, words for people to `say`. */
export interface CliIo {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Writes data to standard output, as it is. */
  readonly out: (text: string) => void;
  /** Writes words for people to standard error, as they are. */
  readonly say: (text: string) => void;
  /** Standard error is a terminal that may be redrawn. */
  readonly interactive: boolean;
  readonly columns: () => number;
  /** For words on standard error. */
  readonly paint: Paint;
  /** For text on standard output. */
  readonly outPaint: Paint;
  /** Aborted by Ctrl-C or SIGTERM; the reason is the signal's name. */
  readonly signal: AbortSignal;
}

/** The streams of this process. */
export function processIo(signal: AbortSignal): CliIo {
  const { stdout, stderr, env } = process;
  const inCi = (env['CI'] ?? '') !== '' && env['CI'] !== 'false';
  return {
    cwd: process.cwd(),
    env,
    out: (text) => void stdout.write(text),
    say: (text) => void stderr.write(text),
    interactive: stderr.isTTY && !inCi && env['TERM'] !== 'dumb',
    columns: () => stderr.columns || 80,
    paint: makePaint(wantsColour(env, stderr.isTTY)),
    outPaint: makePaint(wantsColour(env, stdout.isTTY)),
    signal,
  };
}
