import { badge } from '../../pages/badge.ts';
import { dataTable } from '../../pages/data-table.ts';
import { html, type Html } from '../../pages/html.ts';
import type { DriftResult } from '../drift-schema.ts';
import type { DriftLimits } from '../limits.ts';
import type { ImportanceResult } from '../outlook/outlook-schema.ts';
import { conceptName } from './concept-name.ts';
import type { Say } from './language.ts';
import { numbersIn } from './numbers.ts';
import { unknownReason } from './unknown-reason.ts';

type Feature = ImportanceResult['features'][number];
const [WIDTH, HEIGHT, LEFT, BOTTOM] = [640, 300, 56, 40];
/** Points that are named in the drawing. */
const NAMED = 5;

/** What the model rests on, and how much of it has drifted: only what is high on both is a reason to act. */
export function featuresSection(result: DriftResult, limits: DriftLimits, say: Say): Html {
  const { importance } = result;
  if (importance === null || importance === undefined)
    return html`<p>${say('Not known', 'Inconnu')}${unknownReason(result, 'importance', say)}.</p>`;
  const { decimal, percent } = numbersIn(say);
  const limit = limits.topFeaturePsi.watch ?? 0.1;
  return html`<p>
      ${say('Drift weighted by importance:', 'Dérive pondérée par l’importance :')} <strong>${decimal(importance.weightedDrift)}</strong>
      ${say(
        `(the features looked at hold ${percent(importance.coverage, 0)} of all importance). Drift is PSI less what chance alone gives at these row counts; importance is the mean size of a feature’s SHAP contribution on reference rows.`,
        `(les variables regardées portent ${percent(importance.coverage, 0)} de l’importance). La dérive est le PSI moins ce que donne le seul hasard à ces effectifs ; l’importance est la taille moyenne de la contribution SHAP sur la référence.`,
      )}
    </p>
    <figure class="figure">
      ${scatter(importance.features, limit, say)}
      <figcaption>
        ${say('Right and high: the model rests on it, and it has moved.', 'À droite et en haut : le modèle s’appuie dessus, et elle a bougé.')}
      </figcaption>
    </figure>
    ${dataTable<Feature>({
      caption: say('The most important features', 'Les variables les plus importantes'),
      columns: [
        { title: say('Feature', 'Variable'), cell: ({ feature, concept }) => html`${feature}<small>${conceptName(concept, say)}</small>` },
        { title: say('Rank', 'Rang'), numeric: true, cell: ({ rank }) => rank },
        { title: say('Importance, log-odds', 'Importance, log-cotes'), numeric: true, cell: ({ importance: own }) => decimal(own) },
        { title: 'PSI', numeric: true, cell: ({ psi }) => decimal(psi) },
        {
          title: say('Beyond chance', 'Au-delà du hasard'),
          numeric: true,
          cell: ({ excess }) => (excess >= limit ? html`${badge('watch', decimal(excess))}` : decimal(excess)),
        },
      ],
      rows: importance.features.slice(0, 15),
    })}`;
}

function scatter(features: readonly Feature[], limit: number, say: Say): Html {
  const { decimal } = numbersIn(say);
  const most = Math.max(...features.map(({ importance }) => importance), 1e-9) * 1.06;
  const top = Math.max(...features.map(({ excess }) => excess), 2 * limit) * 1.12;
  const x = (importance: number): number => LEFT + (importance / most) * (WIDTH - LEFT - 12);
  const y = (excess: number): number => 8 + (1 - excess / top) * (HEIGHT - BOTTOM - 8);
  const named = apart(
    features.filter(({ excess }) => excess > 0).toSorted((a, b) => b.excess * b.importance - a.excess * a.importance),
    (feature) => ({ x: x(feature.importance), y: y(feature.excess) }),
  );
  const label = say(
    `Importance against drift of ${features.length} features; most of both: ${named.map(({ feature, excess }) => `${feature} ${decimal(excess)}`).join(', ')}`,
    `Importance contre dérive de ${features.length} variables ; le plus des deux : ${named.map(({ feature, excess }) => `${feature} ${decimal(excess)}`).join(', ')}`,
  );
  return html`<svg
    role="img"
    aria-label="${label}"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    width="${WIDTH}"
    height="${HEIGHT}"
    font-family="system-ui,sans-serif"
  >
    <path d="M${LEFT} 8V${HEIGHT - BOTTOM}H${WIDTH - 12}" fill="none" stroke="#8993a3" />
    <path d="M${LEFT} ${y(limit).toFixed(1)}H${WIDTH - 12}" stroke="#7d5200" stroke-dasharray="4 3" />
    <text x="${LEFT - 6}" y="${(y(limit) + 4).toFixed(1)}" text-anchor="end" font-size="12" fill="#7d5200">${decimal(limit, 2)}</text>
    <text x="${LEFT - 6}" y="${HEIGHT - BOTTOM + 4}" text-anchor="end" font-size="12" fill="#556072">0</text>
    <text x="${WIDTH - 12}" y="${HEIGHT - 10}" text-anchor="end" font-size="12" fill="#556072">${say('importance →', 'importance →')}</text>
    <text x="${LEFT + 6}" y="18" font-size="12" fill="#556072">${say('↑ drift beyond chance', '↑ dérive au-delà du hasard')}</text>
    ${features.map(
      ({ feature, importance, excess }) =>
        html`<circle
          cx="${x(importance).toFixed(1)}"
          cy="${y(excess).toFixed(1)}"
          r="5"
          fill="${excess >= limit ? '#9d1f1b' : '#1d5f8a'}"
          fill-opacity=".75"
        >
          <title>${feature}: ${decimal(importance)}, ${decimal(excess)}</title>
        </circle>`,
    )}
    ${named.map(({ feature, importance, excess }) => {
      const right = x(importance) > WIDTH / 2;
      return html`<text
        x="${(x(importance) + (right ? -9 : 9)).toFixed(1)}"
        y="${(y(excess) + 4).toFixed(1)}"
        font-size="12"
        fill="#1b2330"
        text-anchor="${right ? 'end' : 'start'}"
        >${feature}</text
      >`;
    })}
  </svg>`;
}

/** The first {@link NAMED} whose names do not run into each other. */
function apart(features: readonly Feature[], at: (feature: Feature) => { readonly x: number; readonly y: number }): readonly Feature[] {
  const kept: Feature[] = [];
  for (const feature of features) {
    const own = at(feature);
    const isFree = kept.every((other) => Math.abs(at(other).y - own.y) > 15 || Math.abs(at(other).x - own.x) > 220);
    if (isFree && kept.length < NAMED) kept.push(feature);
  }
  return kept;
}
