import { dataTable } from '../../pages/data-table.ts';
import { whole } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';
import type { DriftResult } from '../drift-schema.ts';
import { DRIFT_RULES, type DriftRule, ruleText } from '../maths/drift-rule.ts';
import type { DriftPageContext } from './drift-page.ts';
import type { Say } from './language.ts';
import { numbersIn } from './numbers.ts';
import { rulesTable } from './rules-table.ts';

interface MethodRow {
  readonly rule: DriftRule;
  readonly when: string;
  readonly formula: Html | string;
}

function methods(say: Say): readonly MethodRow[] {
  return [
    {
      rule: DRIFT_RULES.wasserstein,
      when: say(
        'numbers of more than 5 distinct values, more than 1,000 reference rows',
        'nombres de plus de 5 valeurs distinctes, plus de 1 000 lignes de référence',
      ),
      formula: html`∫|F<sub>r</sub> − F<sub>c</sub>| dx ÷ max(σ<sub>r</sub>, ${say('0.001', '0,001')}), σ<sub>r</sub>
        ${say('the reference’s population standard deviation', 'l’écart-type de la référence')}`,
    },
    {
      rule: DRIFT_RULES.jensenshannon,
      when: say(
        'categories, and numbers of at most 5 distinct values; more than 1,000 reference rows',
        'catégories, et nombres d’au plus 5 valeurs distinctes ; plus de 1 000 lignes de référence',
      ),
      formula: '√(½ Σ p ln(p/m) + q ln(q/m)), m = (p + q)/2',
    },
    {
      rule: DRIFT_RULES.ks,
      when: say(
        'numbers of more than 5 distinct values, up to 1,000 reference rows',
        'nombres de plus de 5 valeurs distinctes, jusqu’à 1 000 lignes de référence',
      ),
      formula: say(
        'two-sample Kolmogorov–Smirnov, exact up to 10,000 rows a side',
        'Kolmogorov–Smirnov à deux échantillons, exact jusqu’à 10 000 lignes par côté',
      ),
    },
    {
      rule: DRIFT_RULES.chisquare,
      when: say(
        'more than 2 categories, or 3 to 5 distinct numbers; up to 1,000 reference rows',
        'plus de 2 catégories, ou 3 à 5 nombres distincts ; jusqu’à 1 000 lignes de référence',
      ),
      formula: say('Σ (c − r·m/n)² ÷ (r·m/n), K − 1 degrees of freedom', 'Σ (c − r·m/n)² ÷ (r·m/n), K − 1 degrés de liberté'),
    },
    {
      rule: DRIFT_RULES.z,
      when: say('at most 2 distinct values, up to 1,000 reference rows', 'au plus 2 valeurs distinctes, jusqu’à 1 000 lignes de référence'),
      formula: say(
        'pooled z-test of the share that does not hold the smaller value',
        'test z groupé de la part qui n’a pas la plus petite valeur',
      ),
    },
  ];
}

/** Formulas, limits and digests: enough to compute every number again. */
export function methodSection(result: DriftResult, { minRows, modelSha256, limits }: DriftPageContext, say: Say): Html {
  const { reference, current, evidently } = result;
  const { text } = numbersIn(say);
  return html`<h3>${say('The verdict', 'Le verdict')}</h3>
    <p>
      ${say(
        `The gravest rule decides: a broken contract (a column absent, of another type, empty or unreadable) before too few rows (under ${whole(minRows)} in either part) before act before watch. A waived rule does not count.`,
        `La règle la plus grave décide : un contrat rompu (colonne absente, d’un autre type, vide ou illisible) avant trop peu de lignes (moins de ${whole(minRows)} dans une partie) avant agir avant surveiller. Une règle dérogée ne compte pas.`,
      )}
    </p>
    ${rulesTable(result, limits, say)}
    <h3>${say('Evidently’s rules, version', 'Les règles d’Evidently, version')} ${text(evidently.mode)}</h3>
    <p>
      ${say(
        'The test of each column is Evidently’s default one, computed from exact counts of distinct values: no sample, no sketch. Missing and infinite values are left out on each side, so a column whose values merely go missing never drifts by these rules.',
        'Le test de chaque colonne est celui qu’Evidently prend par défaut, calculé sur les effectifs exacts des valeurs distinctes : ni échantillon ni approximation. Les valeurs manquantes et infinies sont écartées de chaque côté : une colonne dont les valeurs disparaissent ne dérive donc jamais selon ces règles.',
      )}
      ${
        evidently.mode === '0.7'
          ? say(
              'Types are inferred from the current part: integers of at most ten distinct values are categories.',
              'Les types sont déduits de la partie courante : des entiers d’au plus dix valeurs distinctes sont des catégories.',
            )
          : say('Types are inferred from the reference.', 'Les types sont déduits de la référence.')
      }
      ${say(
        'Evidently’s limits are the same for any number of rows; “by chance alone” is the distance that an unchanged column is expected to have at these numbers,',
        'Les limites d’Evidently sont les mêmes pour tout nombre de lignes ; « par le seul hasard » est la distance attendue d’une colonne inchangée à ces effectifs,',
      )}
      √(2/π) √(1/n + 1/m) ∫√(F(1 − F)) dx ÷ σ<sub>r</sub> (Wasserstein), √((1/n + 1/m)(B − 1)/8) (Jensen–Shannon,
      ${say('over B bins', 'sur B classes')}).
    </p>
    ${dataTable<MethodRow>({
      caption: say(
        'Tests, when they are chosen, and what they call drift',
        'Les tests, quand ils sont pris, et ce qu’ils appellent dérive',
      ),
      columns: [
        { title: 'Test', cell: ({ rule }) => rule.label },
        { title: say('Chosen for', 'Pris pour'), cell: ({ when }) => when },
        { title: 'Score', cell: ({ formula }) => formula },
        { title: say('Drift', 'Dérive'), cell: ({ rule }) => html`<span style="white-space:nowrap">${text(ruleText(rule))}</span>` },
      ],
      rows: methods(say),
    })}
    <h3>${say('Population stability index', 'Indice de stabilité de population (PSI)')}</h3>
    <p>
      ${say(
        'Σ (c − r) ln(c/r) over bins at the reference’s deciles with open ends, or one bin a value or level where there are few, and one bin for missing values. An empty bin counts as 0.0001. Under 0.1 stable, from 0.25 shifted: a convention of credit practice, not a test.',
        'Σ (c − r) ln(c/r) sur des classes aux déciles de la référence, bouts ouverts, ou une classe par valeur s’il y en a peu, et une classe pour les valeurs manquantes. Une classe vide compte pour 0,0001. Moins de 0,1 stable, à partir de 0,25 déplacé : une convention du crédit, non un test.',
      )}${noiseFloor(reference.rows, current.rows, say)}
    </p>
    <h3>${say('Digests', 'Empreintes')}</h3>
    <dl class="facts">
      <dt>${reference.name}</dt>
      <dd><code>sha256 ${reference.sha256}</code></dd>
      <dt>${current.name}</dt>
      <dd><code>sha256 ${current.sha256}</code></dd>
      ${
        modelSha256 !== null &&
        html`<dt>${say('Model', 'Modèle')}</dt>
          <dd><code>sha256 ${modelSha256}</code></dd>`
      }
    </dl>`;
}

/** PSI without any change is about (1/n + 1/m) χ² with bins − 1 degrees of freedom (Yurdakul and Naranjo 2020). */
function noiseFloor(n: number, m: number, say: Say): string {
  const { decimal } = numbersIn(say);
  if (n === 0 || m === 0) return '';
  return say(
    ` With ${whole(n)} and ${whole(m)} rows, an unchanged column of 10 bins has a PSI of about ${decimal(9 * (1 / n + 1 / m), 4)} by chance.`,
    ` Avec ${whole(n)} et ${whole(m)} lignes, une colonne inchangée de 10 classes a un PSI d’environ ${decimal(9 * (1 / n + 1 / m), 4)} par hasard.`,
  );
}
