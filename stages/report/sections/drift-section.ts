import { badge, type Tone } from '../../pages/badge.ts';
import { decimal, orDash, percent } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';
import type { DriftResult } from '../../drift/drift-schema.ts';

const TONES: Readonly<Record<DriftResult['verdict']['status'], Tone>> = {
  ok: 'ok',
  watch: 'watch',
  act: 'act',
  broken: 'act',
  insufficient: 'none',
};

/** The drift report in a paragraph. */
export function driftSection(drift: DriftResult | null): Html {
  if (drift === null)
    return html`<p>
      The drift stage did not come to an end: nothing is known of drift. Its log says why: <code>sluice logs RUN drift</code>.
    </p>`;
  const { verdict, evidently, score, reference, current } = drift;
  return html`<p>
      ${badge(TONES[verdict.status], verdict.status)} ${reference.name} against
      ${current.name}${
        evidently.numberOfColumns === 0
          ? '.'
          : html`: ${evidently.numberOfDriftedColumns} of ${evidently.numberOfColumns} columns drifted by Evidently’s rules
            (${percent(evidently.shareOfDriftedColumns)}; a dataset counts as drifted from ${percent(evidently.driftShare, 0)}).`
      }
    </p>
    <ul>
      ${verdict.reasons.map((reason) => html`<li>${reason}</li>`)}
    </ul>
    ${
      score !== null &&
      html`<p>
        Score PSI ${orDash(score.psi, (psi) => decimal(psi))}; mean probability of default
        ${orDash(score.meanPdReference, (pd) => percent(pd, 2))} on the holdout, ${orDash(score.meanPdCurrent, (pd) => percent(pd, 2))} on
        ${current.name}; approval rate ${orDash(score.approvalRateReference, percent)} and ${orDash(score.approvalRateCurrent, percent)}.
      </p>`
    }
    <p>Column by column: drift.html.</p>`;
}
