import type { FloatMatrix } from '../../../pipeline/index.ts';
import { type Contributions, meanAbsolute } from '../../explanations/contributions.ts';
import { populationStability } from '../../metrics/psi.ts';
import { psiEvidence } from '../stability/psi-evidence.ts';
import type { ImportanceResult } from './outlook-schema.ts';

/** Features are looked at, the most important first, until they have this share of all importance, and no more than so many. */
const [COVERED, MOST] = [0.95, 300];
/** As many are told. */
const NAMED = 30;

export interface FeatureParts {
  /** Of reference rows: what each feature does to scores. */
  readonly contributions: Contributions;
  readonly reference: FloatMatrix;
  readonly current: FloatMatrix;
  /** One a column. */
  readonly concepts: readonly string[];
}

/**
 * Drift of each feature beside how much the model rests on it: a feature that moves no score may drift as it likes. PSI on the
 * reference's deciles with a bin for missing values, less what chance gives on average at these row counts. Null where no feature
 * moves any score.
 */
export function featureDrift({ contributions, reference, current, concepts }: FeatureParts): ImportanceResult | null {
  const importance = meanAbsolute(contributions);
  const total = importance.reduce((sum, value) => sum + value, 0);
  if (!(total > 0)) return null;
  let covered = 0;
  const features: ImportanceResult['features'] = [];
  for (const column of mostImportant(contributions, MOST)) {
    if (covered >= COVERED * total) break;
    const own = importance[column] ?? 0;
    covered += own;
    const { psi, referenceCounts, currentCounts } = populationStability(columnOf(reference, column), columnOf(current, column));
    const { excess, p } = psiEvidence(referenceCounts, currentCounts);
    features.push({
      feature: reference.columns[column] ?? '',
      concept: concepts[column] ?? 'other',
      rank: features.length + 1,
      importance: own,
      psi,
      excess,
      p,
    });
  }
  return {
    weightedDrift: features.reduce((sum, feature) => sum + feature.importance * feature.excess, 0) / covered,
    coverage: covered / total,
    features: features.slice(0, NAMED),
  };
}

/** The columns that move scores most, by number. */
export function mostImportant(contributions: Contributions, most: number): readonly number[] {
  const importance = meanAbsolute(contributions);
  return Array.from(importance.keys())
    .toSorted((a, b) => (importance[b] ?? 0) - (importance[a] ?? 0) || a - b)
    .slice(0, most);
}

function columnOf({ rows, columns, data }: FloatMatrix, column: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => data[row * columns.length + column] ?? Number.NaN);
}
