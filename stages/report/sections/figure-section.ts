import { html, type Html } from '../../pages/html.ts';
import { inlineSvg } from '../../pages/inline-svg.ts';
import type { Figure } from '../../pages/read-figures.ts';

/** Order and words of the drawings that evaluate makes; others follow by name. */
const CAPTIONS: Readonly<Record<string, string>> = {
  roc: 'ROC: share of defaults caught against share of good applicants refused, over all thresholds.',
  precision_recall: 'Precision and recall: how many of those refused would have defaulted, against how many defaults are caught.',
  cost_curve: 'Cost per applicant by threshold, with the threshold used and the cost of accepting everybody.',
  calibration: 'Calibration: predicted against observed default rate.',
  lift: 'Default rate by decile of the score, against the average.',
  importance: 'Mean absolute contribution to the score, in log-odds (exact).',
  rounds: 'Validation curves by boosting round.',
};

/** Several panels side by side: unreadable at half the width. */
const WIDE: ReadonlySet<string> = new Set(['rounds']);

/** The evaluation's figures, inline. */
export function figureSection(figures: readonly Figure[]): Html {
  const order = Object.keys(CAPTIONS);
  const rank = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  const sorted = figures.toSorted((a, b) => rank(a.name) - rank(b.name) || (a.name < b.name ? -1 : 1));
  if (sorted.length === 0) return html`<p>No figures were made.</p>`;
  return html`<div class="figures">
    ${sorted.map(({ name, svg }) => {
      const caption = CAPTIONS[name] ?? name.replaceAll('_', ' ');
      return html`<figure${WIDE.has(name) ? html` class="wide"` : ''}>
        ${inlineSvg(svg, { prefix: `figure-${name.replaceAll(/[^a-z0-9]+/gi, '-')}`, label: caption })}
        <figcaption>${caption}</figcaption>
      </figure> `;
    })}
  </div>`;
}
