import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type CommandContext, SluiceError } from '../../../pipeline/index.ts';
import { ARCHIVE } from '../../batch/archive.ts';

export interface ServeOptions {
  readonly host: string;
  readonly port: number;
  readonly ratePerMinute: number;
  readonly bodyLimit: number;
  readonly timeoutMs: number;
  readonly logLevel: string;
  /** A folder of raw tables, or a zip archive of them; null for the applicants of the last run. */
  readonly bookFolder: string | null;
  /** Share of the rows of a table there that may be set aside. */
  readonly rejectTolerance: number;
}

const HIGHEST_PORT = 65_535;
/** Ten thousand a second: a stop for what runs wild, not a quota. */
const RATE = 600_000;
/** Four times the longest history of Kaggle's data. */
const BODY = 4 * 2 ** 20;
const TIMEOUT_S = 30;

/** @throws SluiceError USAGE for a number out of range */
export function serveOptions({ args, io }: Pick<CommandContext, 'args' | 'io'>): ServeOptions {
  const number = (name: string, usual: number, least: number, most: number): number => {
    const value = args.number(name) ?? usual;
    if (Number.isFinite(value) && value >= least && value <= most) return value;
    throw new SluiceError('USAGE', `--${name} ${value} is not between ${least} and ${most}`, { hint: `The default is ${usual}.` });
  };
  if (args.number('reject-tolerance') !== undefined && args.text('book') === undefined)
    throw new SluiceError('USAGE', '--reject-tolerance is of the folder that --book names', {
      hint: 'Name the folder, or let the run set rows aside: -S params.ingest.rejectTolerance=…',
    });
  return {
    host: args.text('host') ?? '127.0.0.1',
    port: portOf(args.text('port') ?? ''),
    ratePerMinute: Math.trunc(number('rate', RATE, 1, 1e9)),
    bodyLimit: Math.trunc(number('body-limit', BODY, 100, 2 ** 30)),
    timeoutMs: 1000 * number('timeout', TIMEOUT_S, 0.01, 3600),
    logLevel: args.text('log-level') ?? 'info',
    bookFolder: bookOf(args.text('book'), io.cwd),
    rejectTolerance: number('reject-tolerance', 0, 0, 1),
  };
}

function portOf(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (port <= HIGHEST_PORT) return port;
  throw new SluiceError('USAGE', `--port ${JSON.stringify(text)} is not between 0 and ${HIGHEST_PORT}`, {
    hint: '0 takes any that is free.',
  });
}

function bookOf(given: string | undefined, cwd: string): string | null {
  if (given === undefined) return null;
  const folder = resolve(cwd, given);
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory() === true || (found?.isFile() === true && ARCHIVE.test(folder))) return folder;
  throw new SluiceError('USAGE', `--book ${JSON.stringify(given)} is neither a folder nor a zip archive`, {
    hint: 'Name the folder that the raw tables lie in, as CSV, .csv.gz, zip or Parquet: application_train.csv, bureau.csv, …',
  });
}
