import type { SourceArchive } from '../fingerprint/source-archive.ts';
import type { Change, FileChange } from './change.ts';
import { findChanges } from './find-changes.ts';
import { firstDifference, type SymbolChange, symbolChanges } from './symbol-changes.ts';
import type { WorkFacts } from './work-facts.ts';

/** With more changed files than this (another release of the library), files alone are named. */
const LOOK_AT = 40;

/** {@link findChanges}, with the symbols and lines that changed, as far as earlier texts were kept. */
export async function findRefinedChanges(before: WorkFacts, after: WorkFacts, archive: SourceArchive): Promise<readonly Change[]> {
  return Promise.all(
    findChanges(before, after).map(async (change) =>
      change.kind === 'code' ? { ...change, files: withoutCosmetic(await refineFiles(change.files, { before, after, archive })) } : change,
    ),
  );
}

interface Sides {
  readonly before: Pick<WorkFacts, 'sources'>;
  readonly after: Pick<WorkFacts, 'sources'>;
  readonly archive: SourceArchive;
}

/** Adds line and symbols to each file of which both texts are there. */
export async function refineFiles(files: readonly FileChange[], { before, after, archive }: Sides): Promise<readonly FileChange[]> {
  if (files.length > LOOK_AT) return files;
  return Promise.all(
    files.map(async (change) => {
      const [old, now] = [before.sources[change.file], after.sources[change.file]];
      if (change.change !== 'edited' || old === undefined || now === undefined) return change;
      return { ...change, ...(await compareTexts(archive, change.file, old, now)) };
    }),
  );
}

/** An edit that leaves every declaration as it was explains nothing, where another one is left. */
function withoutCosmetic(files: readonly FileChange[]): readonly FileChange[] {
  const real = files.filter(({ symbols }) => symbols === null || symbols.length > 0);
  return real.length === 0 ? files : real;
}

type Compared = Pick<FileChange, 'line' | 'symbols'>;

/** A file that many stages share is compared once. */
const compared = new Map<string, Promise<Compared>>();

function compareTexts(archive: SourceArchive, file: string, old: string, now: string): Promise<Compared> {
  const key = `${file}\n${old}\n${now}`;
  const known = compared.get(key) ?? compareOnce(archive, file, old, now);
  compared.set(key, known);
  return known;
}

async function compareOnce(archive: SourceArchive, file: string, old: string, now: string): Promise<Compared> {
  const [before, after] = await Promise.all([archive.read(old), archive.read(now)]);
  if (before === null || after === null) return { line: null, symbols: null };
  const symbols: readonly SymbolChange[] | null = await symbolChanges(file, before, after);
  return { line: symbols?.find(({ line }) => line !== null)?.line ?? firstDifference(before, after), symbols };
}
