import { didYouMean, type DuckDb, SluiceError } from '../../../pipeline/index.ts';
import { NOT_COMPARED } from '../compare-parts.ts';
import { readSummary } from '../profile/profile-summary.ts';
import type { OpenedParts } from './open-part.ts';

/**
 * A column that is to be ignored is in one of the parts, or was left out of the profile: a misspelt one would be compared after all, and nobody told.
 * @throws SluiceError USAGE with the nearest name
 */
export async function requireIgnored(db: DuckDb, { reference, current }: OpenedParts, asked: readonly string[]): Promise<void> {
  const [columns, ofBatch] = [Object.keys(reference.columns), Object.keys(current.columns)];
  // A file of no bytes has none to be meant; that it lacks every column is the graver word.
  if (columns.length === 0 || ofBatch.length === 0) return;
  const there = new Set([...columns, ...ofBatch, ...NOT_COMPARED]);
  const unknown = asked.filter((name) => !there.has(name));
  if (unknown.length === 0) return;
  const leftOut = reference.form === 'profile' ? ((await readSummary(db))?.ignored ?? []) : [];
  const absent = unknown.find((name) => !leftOut.includes(name));
  if (absent === undefined) return;
  const near = didYouMean(absent, [...there, ...leftOut]);
  throw new SluiceError('USAGE', `--ignore: neither ${reference.name} nor ${current.name} has a column "${absent}".${near}`, {
    hint: 'Name a column as the file spells it, capitals included, one for each --ignore; leave out what neither part has.',
  });
}
