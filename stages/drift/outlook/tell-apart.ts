import type { FloatMatrix } from '../../../pipeline/index.ts';
import { densityRatio } from '../estimate/effective-sample-size.ts';
import { domainClassifier, type DomainOptions, type DomainParts, type DomainResult } from '../joint/domain-classifier.ts';
import { type Components, fitComponents, reconstructionAgainst } from '../joint/reconstruction-error.ts';
import { ENOUGH_ROWS, everyFewRows } from './every-few-rows.ts';
import { finiteFigure } from './finite-or-null.ts';
import type { JointResult } from './outlook-schema.ts';

/** Fewer rows than this in either part and nothing is said of what is to come. */
export const LEAST_ROWS = 50;
/** Columns that principal components are taken of, at most. */
export const COMPONENT_COLUMNS = 100;
/** Rows of either part that principal components are fitted to and asked about. */
const COMPONENT_ROWS = 5000;
const SEED = 21;

export interface PartsToTell {
  readonly reference: FloatMatrix;
  readonly current: FloatMatrix;
  /** Columns that principal components are taken of. */
  readonly important: readonly number[];
  /** Columns whose values are numbers of levels. */
  readonly categorical?: ReadonlySet<string>;
  readonly threads: number;
  readonly projectDir: string;
}

export interface DomainToTell {
  readonly parts: DomainParts;
  readonly options: DomainOptions;
}

export interface ToldApart {
  readonly joint: JointResult;
  /** How much each reference row resembles the current ones, on average 1 or so. */
  readonly weight: Float64Array;
  /** For a profile of the reference. */
  readonly components: Components | null;
}

/** All features together: can a classifier tell the parts apart, do the features still hang together; null with too few rows. */
export function tellApart(given: PartsToTell): ToldApart | null {
  const asked = domainToTell(given);
  return asked === null ? null : toldApart(given)(domainClassifier(asked.parts, asked.options));
}

/** What the classifier is asked, here or in another thread; null with too few rows. */
export function domainToTell({
  reference,
  current,
  categorical,
  threads,
  projectDir,
}: Omit<PartsToTell, 'important'>): DomainToTell | null {
  if (Math.min(reference.rows, current.rows) < LEAST_ROWS) return null;
  const parts = { reference, current: everyFewRows(current, ENOUGH_ROWS) };
  return { parts, options: { threads, projectDir, seed: SEED, ...(categorical === undefined ? {} : { categorical }) } };
}

/** Whether the features still hang together; then, with what the classifier answered, the whole. */
export function toldApart({
  reference,
  current,
  important,
}: Pick<PartsToTell, 'reference' | 'current' | 'important'>): (domain: DomainResult) => ToldApart {
  const rows = { reference: reference.rows, current: Math.min(current.rows, ENOUGH_ROWS) };
  const components = fitComponents(pickColumns(everyFewRows(reference, COMPONENT_ROWS), important));
  const reconstruction = components === null ? null : reconstructionAgainst(components, componentRows(current));
  return (domain) => ({
    components,
    weight: densityRatio(domain.referenceProbability, rows),
    joint: { rows, domainAuc: finiteFigure(domain.auc), top: [...domain.top], reconstruction },
  });
}

/** What can be told without the reference's rows: whether the features still hang together; no classifier, no weights. */
export function tellAgainst(components: Components, reference: number, current: FloatMatrix): JointResult {
  const rows = { reference, current: Math.min(current.rows, ENOUGH_ROWS) };
  return {
    rows,
    domainAuc: { value: null, lo: null, hi: null },
    top: [],
    reconstruction: reconstructionAgainst(components, componentRows(current)),
  };
}

function componentRows(current: FloatMatrix): FloatMatrix {
  return everyFewRows(everyFewRows(current, ENOUGH_ROWS), COMPONENT_ROWS);
}

function pickColumns({ rows, columns, data }: FloatMatrix, kept: readonly number[]): FloatMatrix {
  const picked = new Float32Array(rows * kept.length);
  for (let row = 0; row < rows; row++)
    kept.forEach((column, at) => (picked[row * kept.length + at] = data[row * columns.length + column] ?? Number.NaN));
  return { rows, columns: kept.map((column) => columns[column] ?? ''), data: picked };
}
