import { mkdir, open, readdir, readFile, stat, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { SluiceError } from '../../errors/sluice-error.ts';
import { toStoreError } from '../../store/store-error.ts';
import { systemErrorCode } from '../../util/error-code.ts';
import type { Project } from '../project/project.ts';

const values = z.record(z.string(), z.unknown());
const trialLine = z.object({
  type: z.literal('trial'),
  /** Digest of its overrides. */
  key: z.string(),
  label: z.string(),
  overrides: values,
  /** Which value of `repeat` it has; 0 without. */
  repeat: z.int(),
  /** Round of halving; 0 otherwise. */
  rung: z.int(),
  run: z.string(),
  /** Of the work of the target's stage. */
  fingerprint: z.string(),
  /** Single values that the target's stage logged. */
  metrics: z.record(z.string(), z.number()),
  startedAt: z.string(),
  finishedAt: z.string(),
});
export type TrialLine = z.infer<typeof trialLine>;

const headLine = z.object({
  type: z.literal('study'),
  schema: z.literal(1),
  name: z.string(),
  variant: z.string(),
  title: z.string(),
  config: z.string(),
  set: z.array(z.string()),
  target: z.object({ metric: z.string(), direction: z.enum(['maximize', 'minimize']) }),
  startedAt: z.string(),
});
export type HeadLine = z.infer<typeof headLine>;

/** A number with its 95 % interval; null where none is known. */
export const estimate = z.object({ value: z.number(), lo: z.number().nullable(), hi: z.number().nullable() });
export type Estimate = z.infer<typeof estimate>;
const resultRow = z.object({
  label: z.string(),
  overrides: values,
  runs: z.array(z.string()),
  /** By name of metric, the target first. */
  metrics: z.record(z.string(), estimate),
  /** Less the first row, where both were measured on the same rows or deals. */
  against: z.record(z.string(), estimate).nullable(),
});
export type ResultRow = z.infer<typeof resultRow>;

const resultLine = z.object({
  type: z.literal('result'),
  finishedAt: z.string(),
  failed: z.array(z.object({ label: z.string(), message: z.string() })),
  best: z.string().nullable(),
  /** What the intervals are. */
  note: z.string(),
  rows: z.array(resultRow),
});
export type ResultLine = z.infer<typeof resultLine>;

const line = z.discriminatedUnion('type', [
  headLine,
  trialLine,
  z.object({ type: z.literal('failed'), key: z.string(), label: z.string(), code: z.string(), message: z.string() }),
  resultLine,
]);
type JournalLine = z.infer<typeof line>;

/** A study on disk, only ever appended to: `<artifacts>/studies/<name>/<variant>.ndjson`. */
export interface StudyJournal {
  readonly path: string;
  readonly head: HeadLine;
  /** By key, the last one of each. */
  readonly trials: ReadonlyMap<string, TrialLine>;
  readonly result: ResultLine | null;
}

function studiesDir(project: Project): string {
  return join(project.artifactsDir, 'studies');
}

export function journalPath(project: Project, name: string, variant: string): string {
  return join(studiesDir(project), name, `${variant}.ndjson`);
}

/** Opens the journal of a study, which is begun where it is not there. A half line that a crash left is cut off. */
export async function openStudyJournal(project: Project, head: HeadLine): Promise<StudyJournal> {
  const path = journalPath(project, head.name, head.variant);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return '';
    throw toStoreError(error, path);
  });
  const complete = text.slice(0, text.lastIndexOf('\n') + 1);
  if (complete.length < text.length) await truncate(path, Buffer.byteLength(complete));
  if (complete === '') await appendLine(path, head);
  return readStudyJournal(path);
}

/** @throws SluiceError STORE_CORRUPT for a line that is none */
export async function readStudyJournal(path: string): Promise<StudyJournal> {
  const text = await readFile(path, 'utf8');
  const lines = text
    .split('\n')
    .slice(0, -1)
    .map((entry, index) => parseLine(entry, path, index + 1));
  const head = lines.find((entry) => entry.type === 'study');
  if (head === undefined) throw damaged(path, 1, 'it has no beginning');
  const trials = lines.filter((entry) => entry.type === 'trial');
  return {
    path,
    head,
    trials: new Map(trials.map((trial) => [trial.key, trial])),
    result: lines.findLast((entry) => entry.type === 'result') ?? null,
  };
}

/** All journals of the store, the one written to last first. */
export async function listJournals(project: Project): Promise<readonly StudyJournal[]> {
  const names = await readdir(studiesDir(project)).catch((): string[] => []);
  const paths = await Promise.all(
    names.map(async (name) => {
      const files = await readdir(join(studiesDir(project), name)).catch((): string[] => []);
      return files.filter((file) => file.endsWith('.ndjson')).map((file) => join(studiesDir(project), name, file));
    }),
  );
  const dated = await Promise.all(paths.flat().map(async (path) => ({ path, at: (await stat(path)).mtimeMs })));
  return Promise.all(dated.toSorted((a, b) => b.at - a.at || (a.path < b.path ? -1 : 1)).map(({ path }) => readStudyJournal(path)));
}

/** On disk when this returns. @throws SluiceError STORE_DISK_FULL, STORE_READ_ONLY */
export async function appendLine(path: string, entry: JournalLine): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    const handle = await open(path, 'a');
    try {
      await handle.writeFile(`${JSON.stringify(entry)}\n`);
      await handle.datasync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw toStoreError(error, path);
  }
}

function parseLine(text: string, path: string, number: number): JournalLine {
  try {
    return line.parse(JSON.parse(text));
  } catch {
    throw damaged(path, number, `"${text.slice(0, 80)}" is not a line of it`);
  }
}

function damaged(path: string, number: number, what: string): SluiceError {
  return new SluiceError('STORE_CORRUPT', `the journal of a study is damaged: ${what}`, {
    at: { file: path, line: number },
    hint: 'Delete that line, or the file: trials that are still in the store are then reused all the same.',
  });
}
