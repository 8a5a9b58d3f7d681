import { SluiceError } from '../../pipeline/index.ts';
import type { RawFile } from './raw-file.ts';
import { describeReject, type Reject } from './reject.ts';

interface Counted {
  /** Sorted by line; at least one. */
  readonly rejects: readonly Reject[];
  /** Good rows. */
  readonly rows: number;
  readonly tolerance: number;
  /** False where only a part of the file was looked at. */
  readonly complete: boolean;
  /** Told in place of the tolerance. */
  readonly advice: string | undefined;
}

const SHOWN = 3;

/** Whether the bad rows of a table are more than the tolerance allows. */
export function isPastTolerance({ rejects, rows, tolerance, complete }: Omit<Counted, 'advice'>): boolean {
  return rejects.length > 0 && (!complete || rejects.length > tolerance * (rows + rejects.length));
}

/** The error that names the first bad rows and says how many more may be let through. */
export function tooManyRejects(file: RawFile, counted: Counted): SluiceError {
  const { rejects, rows, tolerance, complete, advice } = counted;
  const [first] = rejects;
  const listed = rejects.slice(0, SHOWN).map(describeReject).join('; ');
  const total = rows + rejects.length;
  const more = rejects.length > SHOWN || !complete ? ` … ${complete ? '' : 'at least '}${rejects.length} bad rows` : '';
  const setting = advice === undefined ? `; rejectTolerance is ${tolerance}` : '';
  const share = complete ? ` (${percent(rejects.length / total)} of ${total} rows${setting})` : setting;
  const structural = first?.column === null || first?.reason === 'is not UTF-8';
  return new SluiceError(structural ? 'DATA_MALFORMED' : 'DATA_BAD_VALUE', `${listed}${more}${share}`, {
    hint: hint(file, counted),
    at: { file: file.path, ...(first === undefined ? {} : { line: first.line }) },
    data: { table: file.table, rejected: rejects.length, rows, tolerance, first: rejects.slice(0, SHOWN) },
  });
}

function hint(file: RawFile, { rejects, rows, complete, advice }: Counted): string {
  if (rejects[0]?.reason === 'is not UTF-8')
    return `Convert the file: iconv -f latin1 -t utf-8 ${file.name.replace(/\.gz$/, '')} > converted.csv`;
  if (advice !== undefined) return advice;
  const share = complete ? roundUp(rejects.length / (rows + rejects.length)) : 0.01;
  return `Correct the file, or let a share of bad rows be set aside: -S params.ingest.rejectTolerance=${share}`;
}

/** Up to two significant digits, so that the share is enough when typed in. */
function roundUp(share: number): number {
  const step = 10 ** (Math.floor(Math.log10(share)) - 1);
  return Math.min(1, Number((Math.ceil(share / step) * step).toPrecision(2)));
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))}%`;
}
