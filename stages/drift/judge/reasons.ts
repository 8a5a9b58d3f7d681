import { counted } from '../../pages/format.ts';
import { sayIn, type Say } from '../page/language.ts';
import { type Decision, GRAVITY, type JudgedFinding } from './decide.ts';

/** How many columns or groups of one rule are named before the rest are counted. */
const NAMED = 3;

/** The findings as sentences, the gravest first, those of one rule over columns or groups together. */
export function reasonsOf(
  { findings, held, heldFrench, status }: Pick<Decision, 'findings' | 'held' | 'heldFrench' | 'status'>,
  say: Say = sayIn('en'),
): string[] {
  const failed = findings.filter(({ level }) => level !== 'ok');
  const counted = failed
    .filter(({ waiver }) => waiver?.state !== 'in force')
    .toSorted((a, b) => GRAVITY.indexOf(a.level) - GRAVITY.indexOf(b.level));
  const reasons = held === null ? [] : [say(`Not acted upon yet: ${held}.`, `Pas encore suivi d’effet : ${heldFrench ?? held}.`)];
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
    const shown = group.slice(0, NAMED).map((finding) => say(finding.text, finding.french));
    const more = group.length - NAMED;
    if (more <= 0) return shown;
    return [
      ...shown,
      name.startsWith('segment_')
        ? say(
            `… and ${counted(more, 'more group')} by rule ${name}.`,
            `… et ${more} ${more === 1 ? 'autre groupe' : 'autres groupes'} pour la règle ${name}.`,
          )
        : say(
            `… and ${counted(more, 'more column')} of rule ${name}.`,
            `… et ${more} ${more === 1 ? 'autre colonne' : 'autres colonnes'} pour la règle ${name}.`,
          ),
    ];
  });
}

function ruleName(rule: string): string {
  return rule.split('[')[0] ?? rule;
}
