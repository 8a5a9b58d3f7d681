import { badge } from '../../pages/badge.ts';
import { html, type Html } from '../../pages/html.ts';
import { rejects } from '../../gate/apply-waivers.ts';
import type { Verdict } from '../../gate/stage.ts';
import { outcome } from '../../gate/verdict-markdown.ts';

/** The gate's word as one sentence. */
export function verdictHeading(verdict: Verdict | null): string {
  if (verdict === null) return 'The gate has not judged this model.';
  const failed = verdict.rules.filter(rejects).length;
  const waived = verdict.rules.filter((result) => outcome(result) === 'waived').length;
  if (waived > 0 && verdict.verdict === 'passed')
    return `The model passed the gate with ${waived} of ${verdict.rules.length} rules waived.`;
  const warned = verdict.rules.filter((result) => outcome(result) === 'warning').length;
  if (verdict.verdict === 'passed')
    return warned === 0
      ? `The model passed all ${verdict.rules.length} rules of the gate.`
      : `The model passed the gate; ${warned} of its ${verdict.rules.length} rules warn.`;
  return `The gate holds the model back: ${failed} of ${verdict.rules.length} rules failed.`;
}

/** Verdict, why, and what to do. */
export function verdictBox(verdict: Verdict | null): Html {
  if (verdict === null) {
    return html`<div class="verdict none">
      <p>${badge('none', 'Not judged')} <strong>The gate stage did not come to an end, so nothing is promoted.</strong></p>
      <p>Its log says why: <code>sluice logs RUN gate</code>. The numbers below stand by themselves.</p>
    </div>`;
  }
  if (verdict.verdict === 'passed') {
    return html`<div class="verdict ok">
      <p>${badge('ok', 'Passed')} <strong>It may become the champion.</strong></p>
      <p>Compared with: ${verdict.against}.</p>
    </div>`;
  }
  return html`<div class="verdict act">
    <p>${badge('act', 'Rejected')} <strong>It stays a challenger; the present champion keeps its place.</strong></p>
    <ul>
      ${verdict.rules.filter(rejects).map(({ rule, reason }) => html`<li>${rule}: ${reason}</li>`)}
    </ul>
    <p>Compared with: ${verdict.against}.</p>
  </div>`;
}
