import { sayIn, type Say } from '../page/language.ts';
import { type Decision, GRAVITY, type JudgedFinding } from './decide.ts';

/** How many columns of one rule are named before the rest are counted. */
const NAMED = 5;

/** The findings as sentences, the gravest first, those of one rule over columns together. */
export function reasonsOf({ findings, held, status }: Pick<Decision, 'findings' | 'held' | 'status'>, say: Say = sayIn('en')): string[] {
  const failed = findings.filter(({ level }) => level !== 'ok');
  const counted = failed
    .filter(({ waiver }) => waiver?.state !== 'in force')
    .toSorted((a, b) => GRAVITY.indexOf(a.level) - GRAVITY.indexOf(b.level));
  const reasons = held === null ? [] : [say(`Not acted upon yet: ${held}.`, `Pas encore suivi d’effet : ${held}.`)];
  reasons.push(...inGroups(counted, say));
  for (const { rule, waiver } of failed) {
    if (waiver === null) continue;
    const { author, reason, expires, state } = waiver;
    reasons.push(
      state === 'in force'
        ? say(
            `${rule} is waived until ${expires} by ${author}: ${reason}`,
            `Dérogation pour ${rule} jusqu’au ${expires}, par ${author} : ${reason}`,
          )
        : say(
            `The waiver of ${rule} by ${author} ${state === 'expired' ? `expired on ${expires}` : 'is for another model'} and does not count.`,
            `La dérogation de ${author} pour ${rule} ${state === 'expired' ? `a expiré le ${expires}` : 'vise un autre modèle'} et ne compte pas.`,
          ),
    );
  }
  if (reasons.length === 0 && status === 'ok')
    reasons.push(
      say(
        'No rule is broken: the data keep their contract, and nothing moved beyond its limit.',
        'Aucune règle n’est enfreinte : les données tiennent leur contrat et rien n’a dépassé sa limite.',
      ),
    );
  return reasons;
}

function inGroups(findings: readonly JudgedFinding[], say: Say): string[] {
  const names = [...new Set(findings.map(({ rule }) => ruleName(rule)))];
  return names.flatMap((name) => {
    const group = findings.filter(({ rule }) => ruleName(rule) === name);
    const shown = group.slice(0, NAMED).map((finding) => say(finding.text, frenchText(finding)));
    return group.length > NAMED
      ? [
          ...shown,
          say(
            `… and ${group.length - NAMED} more columns of rule ${name}.`,
            `… et ${group.length - NAMED} autres colonnes pour la règle ${name}.`,
          ),
        ]
      : shown;
  });
}

function ruleName(rule: string): string {
  return rule.split('[')[0] ?? rule;
}

/** A finding in French, from its rule and numbers. */
function frenchText({ rule, value, limit, text }: JudgedFinding): string {
  const column = /\[(.*)\]$/s.exec(rule)?.[1] ?? '';
  const number = (found: number | null): string => (found === null ? '–' : String(Number(found.toPrecision(4))).replace('.', ','));
  switch (ruleName(rule)) {
    case 'rows':
      return `La plus petite partie a ${number(value)} lignes ; il en faut ${number(limit)}.`;
    case 'contract':
      return `${column} : absente, d’un autre type ou sans aucune valeur (${text}).`;
    case 'score_psi':
      return `PSI du score ${number(value)} ; agir à partir de ${number(limit)}.`;
    case 'dataset_drift':
      return `Part de colonnes dérivées ${number(value)} ; agir à partir de ${number(limit)}.`;
    case 'missing':
      return `${column} : la part de valeurs manquantes a bougé de ${number(value === null ? null : value * 100)} points.`;
    case 'column_drift':
      return `${column} : distance ${number(value)}, dérive à partir de ${number(limit)}.`;
    default:
      return text;
  }
}
