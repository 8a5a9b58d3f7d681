import type { DriftTest } from './drift-tests.ts';

export type Comparison = '<' | '<=' | '>' | '>=';

export interface DriftRule {
  /** Drift where `score comparison threshold` holds. */
  readonly comparison: Comparison;
  readonly threshold: number;
  /** The test's name as a report prints it. */
  readonly label: string;
}

/** Each test's default threshold and operator in Evidently 0.4 and 0.7: a low p-value or a high distance is drift. */
export const DRIFT_RULES: Readonly<Record<DriftTest, DriftRule>> = {
  wasserstein: { comparison: '>=', threshold: 0.1, label: 'Wasserstein distance (normed)' },
  jensenshannon: { comparison: '>=', threshold: 0.1, label: 'Jensen-Shannon distance' },
  psi: { comparison: '>=', threshold: 0.1, label: 'PSI' },
  kl_div: { comparison: '>=', threshold: 0.1, label: 'Kullback-Leibler divergence' },
  hellinger: { comparison: '>=', threshold: 0.1, label: 'Hellinger distance' },
  ed: { comparison: '>', threshold: 0.1, label: 'Energy distance' },
  ks: { comparison: '<=', threshold: 0.05, label: 'K-S p-value' },
  chisquare: { comparison: '<', threshold: 0.05, label: 'chi-square p-value' },
  z: { comparison: '<', threshold: 0.05, label: 'Z-test p-value' },
  g_test: { comparison: '<', threshold: 0.1, label: 'G-test p-value' },
  fisher_exact: { comparison: '<', threshold: 0.1, label: 'Fisher exact p-value' },
  TVD: { comparison: '<', threshold: 0.1, label: 'Total variation p-value' },
  t_test: { comparison: '<', threshold: 0.05, label: 't-test p-value' },
  mannw: { comparison: '<', threshold: 0.05, label: 'Mann-Whitney p-value' },
  cramer_von_mises: { comparison: '<=', threshold: 0.1, label: 'Cramér-von Mises p-value' },
  anderson: { comparison: '<', threshold: 0.1, label: 'Anderson-Darling p-value' },
};

/** Whether a score means drift; NaN never does. */
export function isDrifted(score: number, { comparison, threshold }: Pick<DriftRule, 'comparison' | 'threshold'>): boolean {
  switch (comparison) {
    case '<':
      return score < threshold;
    case '<=':
      return score <= threshold;
    case '>':
      return score > threshold;
    case '>=':
      return score >= threshold;
  }
}

const SIGNS: Readonly<Record<Comparison, string>> = { '<': '<', '<=': '≤', '>': '>', '>=': '≥' };

/** When the rule calls it drift, such as "≥ 0.1". */
export function ruleText({ comparison, threshold }: DriftRule): string {
  return `${SIGNS[comparison]} ${threshold}`;
}
