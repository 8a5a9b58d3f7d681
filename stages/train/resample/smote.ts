import { SluiceError } from '../../../pipeline/index.ts';
import { createPrng } from '../../metrics/prng.ts';
import { copyRows, wholeView } from '../row-view.ts';
import type { LabelledRows } from '../trainers/trainer.ts';
import { standardTerms } from '../trainers/logistic/standard-terms.ts';
import { termDesign } from '../trainers/logistic/term-design.ts';
import { nearest } from './nearest.ts';

const NEIGHBOURS = 5;
/** Differences of single values; about a minute. */
const MOST_DIFFERENCES = 6e10;

export interface SmoteOptions {
  /** Of defaults among the rows afterwards. */
  readonly share: number;
  readonly seed: number;
  readonly categorical: ReadonlySet<string>;
}

/**
 * Adds made-up defaults until they are `share` of the rows: each lies at random between a default and one of its five nearest
 * defaults (Chawla et al. 2002), nearness measured in standard deviations, an unknown value lying at the mean. What is unknown in
 * the first stays unknown, what only the other lacks is the first's. Of categories it has the first's, and they count for no nearness. The rows that were there stay as they are, and come first.
 * @throws SluiceError DATA_TOO_SMALL for a single default, CONFIG_VALUE where the pairs are too many
 */
export function smote(rows: LabelledRows, { share, seed, categorical }: SmoteOptions): LabelledRows {
  const defaults = Uint32Array.from(rows.label.keys()).filter((at) => rows.label[at] === 1);
  const repaid = rows.label.length - defaults.length;
  const made = Math.max(0, Math.round((repaid * share) / (1 - share)) - defaults.length);
  check(defaults.length, rows.matrix.columns.length);
  const { columns } = rows.matrix;
  const terms = standardTerms(rows, { clip: Number.MAX_VALUE, missingIndicators: false }).filter(
    ({ feature }) => !categorical.has(columns[feature] ?? ''),
  );
  const design = termDesign(terms, { matrix: rows.matrix, rows: Uint32Array.from(defaults, (at) => rows.rows[at] ?? 0) });
  const near = nearest(design, Math.min(NEIGHBOURS, defaults.length - 1));
  const prng = createPrng(seed);
  const width = rows.matrix.columns.length;
  const own = copyRows(rows);
  const data = new Float32Array((own.rows + made) * width);
  data.set(own.data.subarray(0, own.rows * width));
  for (let row = 0; row < made; row++) {
    const from = prng.below(defaults.length);
    const mates = near[from] ?? [];
    const to = mates[prng.below(mates.length)] ?? from;
    const part = prng.next();
    const [start, end, at] = [(defaults[from] ?? 0) * width, (defaults[to] ?? 0) * width, (own.rows + row) * width];
    for (let column = 0; column < width; column++) {
      const first = own.data[start + column] ?? Number.NaN;
      const other = own.data[end + column] ?? Number.NaN;
      data[at + column] = Number.isNaN(other) || categorical.has(columns[column] ?? '') ? first : first + part * (other - first);
    }
  }
  const grown = (values: Float32Array, added: number): Float32Array => {
    const longer = new Float32Array(own.rows + made).fill(added);
    longer.set(values);
    return longer;
  };
  const matrix = { rows: own.rows + made, columns: rows.matrix.columns, data };
  const weight = rows.weight === null ? null : grown(rows.weight, rows.weight[defaults[0] ?? 0] ?? 1);
  return { ...wholeView(matrix), label: grown(rows.label, 1), weight };
}

function check(defaults: number, columns: number): void {
  if (defaults < 2)
    throw new SluiceError('DATA_TOO_SMALL', `SMOTE needs two defaults in the rows it is given, there are ${defaults}`, {
      hint: 'Leave params.train.resample at none.',
    });
  if (defaults ** 2 * columns <= MOST_DIFFERENCES) return;
  throw new SluiceError(
    'CONFIG_VALUE',
    `params.train.resample is smote, which compares ${defaults} defaults with each other in ${columns} columns: more than can be done in a few minutes`,
    { hint: 'Take undersample, or classWeight, which compare no pairs; the study experiments/imbalance tells what each is worth.' },
  );
}
