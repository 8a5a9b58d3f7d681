import { orDash, whole } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';
import type { DriftResult } from '../drift-schema.ts';
import type { Say } from './language.ts';
import { numbersIn } from './numbers.ts';
import { unknownReason } from './unknown-reason.ts';

/** All columns together: what tests of single columns cannot see. */
export function jointSection(result: DriftResult, say: Say): Html {
  const { joint } = result;
  if (joint === null || joint === undefined) return html`<p>${say('Not known', 'Inconnu')}${unknownReason(result, 'joint', say)}.</p>`;
  const { decimal, percent } = numbersIn(say);
  const { value, lo, hi } = joint.domainAuc;
  const three = (number: number): string => decimal(number);
  const { reconstruction } = joint;
  const told = html`<p>
    ${say('A classifier told current rows from reference rows that it was not fitted to with AUC', 'Un classifieur a distingué les lignes courantes de lignes de référence inconnues de lui avec une AUC de')}
    <strong>${orDash(value, three)}</strong> (${orDash(lo, three)} ${say('to', 'à')}
    ${orDash(hi, three)})${say(
      `: 0.5 would be not at all, 1 without fail. ${whole(joint.rows.reference)} and ${whole(joint.rows.current)} rows.`,
      ` : 0,5 serait pas du tout, 1 sans faute. ${whole(joint.rows.reference)} et ${whole(joint.rows.current)} lignes.`,
    )}
  </p>`;
  return html`${value === null ? html`<p>${say('No classifier told the parts apart', 'Aucun classifieur n’a distingué les parties')}${unknownReason(result, 'domain', say)}.</p>` : told}
  ${
    joint.top.length > 0 &&
    html`<p>
      ${say('What it told them by, most first', 'Ce qui l’a guidé, le plus fort d’abord')}:
      ${joint.top.map(({ feature }) => feature).join(', ')}.
    </p>`
  }
  ${
    reconstruction !== undefined &&
    reconstruction !== null &&
    html`<p>
      ${say(
        `${reconstruction.components} principal components of ${reconstruction.features} features leave an error of ${decimal(reconstruction.reference)} in reference rows that they were not fitted to, and of ${decimal(reconstruction.current)} in current ones (${percent(reconstruction.rise)}, ${decimal(reconstruction.z, 1)} standard errors): how far the features no longer hang together as they did.`,
        `${reconstruction.components} composantes principales de ${reconstruction.features} variables laissent une erreur de ${decimal(reconstruction.reference)} sur des lignes de référence inconnues d’elles, et de ${decimal(reconstruction.current)} sur les courantes (${percent(reconstruction.rise)}, ${decimal(reconstruction.z, 1)} erreurs-types) : à quel point les variables ne tiennent plus ensemble comme avant.`,
      )}
    </p>`
  }`;
}
