import { dataTable } from '../../pages/data-table.ts';
import { decimal, whole } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';
import type { DriftResult } from '../drift-schema.ts';
import { DRIFT_RULES, type DriftRule, ruleText } from '../maths/drift-rule.ts';
import { LIMITS } from '../verdict.ts';
import type { DriftPageContext } from './drift-page.ts';

interface MethodRow {
  readonly rule: DriftRule;
  readonly when: string;
  readonly formula: Html | string;
}

const METHODS: readonly MethodRow[] = [
  {
    rule: DRIFT_RULES.wasserstein,
    when: 'numbers of more than 5 distinct values, more than 1,000 reference rows',
    formula: html`∫|F<sub>r</sub> − F<sub>c</sub>| dx ÷ max(σ<sub>r</sub>, 0.001), σ<sub>r</sub> the reference’s population standard
      deviation`,
  },
  {
    rule: DRIFT_RULES.jensenshannon,
    when: 'categories, and numbers of at most 5 distinct values; more than 1,000 reference rows',
    formula: '√(½ Σ p ln(p/m) + q ln(q/m)), m = (p + q)/2',
  },
  {
    rule: DRIFT_RULES.ks,
    when: 'numbers of more than 5 distinct values, up to 1,000 reference rows',
    formula: 'two-sample Kolmogorov–Smirnov, exact up to 10,000 rows a side',
  },
  {
    rule: DRIFT_RULES.chisquare,
    when: 'more than 2 categories, or 3 to 5 distinct numbers; up to 1,000 reference rows',
    formula: 'Σ (c − r·m/n)² ÷ (r·m/n), K − 1 degrees of freedom',
  },
  {
    rule: DRIFT_RULES.z,
    when: 'at most 2 distinct values, up to 1,000 reference rows',
    formula: 'pooled z-test of the share that does not hold the smaller value',
  },
];

/** Formulas, limits and digests: enough to compute every number again. */
export function methodSection({ reference, current, evidently }: DriftResult, { minRows, modelSha256 }: DriftPageContext): Html {
  return html`<h3>The verdict</h3>
    <ul>
      <li><strong>Not judged</strong>: fewer than ${whole(minRows)} rows in either part.</li>
      <li>
        <strong>Act</strong>: score PSI of ${LIMITS.scorePsiAct} or more, or a share of drifted columns of ${evidently.driftShare} or more
        (Evidently’s dataset drift).
      </li>
      <li>
        <strong>Watch</strong>: score PSI of ${LIMITS.scorePsiWatch} or more; a column’s missing share moved by ${LIMITS.missingShift * 100}
        points or more; a column drifted; or a column is gone, empty or of another type.
      </li>
    </ul>
    <h3>Evidently’s rules, version ${evidently.mode}</h3>
    <p>
      The test of each column is Evidently’s default one, computed from exact counts of distinct values: no sample, no sketch. Missing and
      infinite values are left out on each side, so a column whose values merely go missing never drifts by these rules.
      ${evidently.mode === '0.7' ? 'Types are inferred from the current part: integers of at most ten distinct values are categories.' : 'Types are inferred from the reference.'}
      Evidently’s limits are the same for any number of rows; “by chance alone” is the distance that an unchanged column is expected to have
      at these numbers, √(2/π) √(1/n + 1/m) ∫√(F(1 − F)) dx ÷ σ<sub>r</sub> for Wasserstein and √((1/n + 1/m)(B − 1)/8) for Jensen–Shannon
      over B bins.
    </p>
    ${dataTable<MethodRow>({
      caption: 'Tests, when they are chosen, and what they call drift',
      columns: [
        { title: 'Test', cell: ({ rule }) => rule.label },
        { title: 'Chosen for', cell: ({ when }) => when },
        { title: 'Score', cell: ({ formula }) => formula },
        { title: 'Drift', cell: ({ rule }) => html`<span style="white-space:nowrap">${ruleText(rule)}</span>` },
      ],
      rows: METHODS,
    })}
    <h3>Population stability index</h3>
    <p>
      Σ (c − r) ln(c/r) over bins at the reference’s deciles with open ends, or one bin a value or level where there are few, and one bin
      for missing values. An empty bin counts as 0.0001. Under 0.1 stable, from 0.25 shifted: a convention of credit practice, not a
      test.${noiseFloor(reference.rows, current.rows)}
    </p>
    <h3>Digests</h3>
    <dl class="facts">
      <dt>${reference.name}</dt>
      <dd><code>sha256 ${reference.sha256}</code></dd>
      <dt>${current.name}</dt>
      <dd><code>sha256 ${current.sha256}</code></dd>
      <dt>Model</dt>
      <dd><code>sha256 ${modelSha256}</code></dd>
    </dl>`;
}

/** PSI without any change is about (1/n + 1/m) χ² with bins − 1 degrees of freedom (Yurdakul and Naranjo 2020). */
function noiseFloor(n: number, m: number): string {
  if (n === 0 || m === 0) return '';
  return ` With ${whole(n)} and ${whole(m)} rows, an unchanged column of 10 bins has a PSI of about ${decimal(9 * (1 / n + 1 / m), 4)} by chance.`;
}
