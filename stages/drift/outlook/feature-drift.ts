import type { FloatMatrix } from '../../../pipeline/index.ts';
import { type Contributions, meanAbsolute } from '../../explanations/contributions.ts';
import { type ReferenceBins, referenceBins, stabilityAgainst } from '../../metrics/psi.ts';
import { psiEvidence } from '../stability/psi-evidence.ts';
import type { ImportanceResult } from './outlook-schema.ts';

/** Features are looked at, the most important first, until they have this share of all importance, and no more than so many. */
const [COVERED, MOST] = [0.95, 300];
/** As many are told. */
const NAMED = 30;

/** What a later comparison needs of the features that a model rests on: how much each moves scores, and the reference's counts by bin. */
export interface FeatureBins {
  readonly features: readonly (ReferenceBins & { readonly feature: string; readonly concept: string; readonly importance: number })[];
  /** Importance of all features. */
  readonly total: number;
}

export interface ExplainedReference {
  /** Of reference rows: what each feature does to scores. */
  readonly contributions: Contributions;
  readonly reference: FloatMatrix;
  /** One a column. */
  readonly concepts: readonly string[];
  /** How many levels a feature of categories has: its values are their numbers, from 0. */
  readonly levels: ReadonlyMap<string, number>;
}

/** Bins at the reference's deciles, or one a level, and one for missing values. Null where no feature moves any score. */
export function featureBins({ contributions, reference, concepts, levels }: ExplainedReference): FeatureBins | null {
  const importance = meanAbsolute(contributions);
  const total = importance.reduce((sum, value) => sum + value, 0);
  if (!(total > 0)) return null;
  let covered = 0;
  const features: FeatureBins['features'][number][] = [];
  for (const column of mostImportant(contributions, MOST)) {
    if (covered >= COVERED * total) break;
    const own = importance[column] ?? 0;
    covered += own;
    const feature = reference.columns[column] ?? '';
    const count = levels.get(feature);
    const values = columnOf(reference, column);
    const bins = count === undefined ? referenceBins(values) : referenceBins(values, levelEdges(count));
    features.push({ feature, concept: concepts[column] ?? 'other', importance: own, ...bins });
  }
  return { features, total };
}

/**
 * Drift of each feature beside how much the model rests on it: a feature that moves no score may drift as it likes. PSI on the
 * reference's bins, less what chance gives on average at these row counts.
 */
export function featureDrift({ features, total }: FeatureBins, current: FloatMatrix): ImportanceResult {
  const drifted = features.map(({ feature, concept, importance, ...bins }, at) => {
    const column = current.columns.indexOf(feature);
    const { psi, referenceCounts, currentCounts } = stabilityAgainst(bins, columnOf(current, column));
    const { excess, p } = psiEvidence(referenceCounts, currentCounts);
    return { feature, concept, rank: at + 1, importance, psi, excess, p };
  });
  const covered = features.reduce((sum, { importance }) => sum + importance, 0);
  return {
    weightedDrift: drifted.reduce((sum, feature) => sum + feature.importance * feature.excess, 0) / covered,
    coverage: covered / total,
    features: drifted.slice(0, NAMED),
  };
}

/** Between the numbers of levels; what lies above is no known level. */
function levelEdges(count: number): number[] {
  return Array.from({ length: count }, (_, level) => level + 0.5);
}

/** The columns that move scores most, by number. */
export function mostImportant(contributions: Contributions, most: number): readonly number[] {
  const importance = meanAbsolute(contributions);
  return Array.from(importance.keys())
    .toSorted((a, b) => (importance[b] ?? 0) - (importance[a] ?? 0) || a - b)
    .slice(0, most);
}

function columnOf({ rows, columns, data }: FloatMatrix, column: number): Float64Array {
  const values = new Float64Array(rows);
  for (let row = 0, at = column; row < rows; row++, at += columns.length) values[row] = data[at] ?? Number.NaN;
  return values;
}
