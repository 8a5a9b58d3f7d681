import type { EstimateResult, ImportanceResult, JointResult, ShiftResult } from '../outlook/outlook-schema.ts';
import { conceptName } from '../page/concept-name.ts';
import { sayIn } from '../page/language.ts';
import { BEYOND_CHANCE, BEYOND_CHANCE_Z, type DriftLimits, type Grades, LEAST_EFFECTIVE_SHARE, TOP_FEATURES } from '../limits.ts';
import { costChange } from '../outlook/cost-change.ts';
import { comma, type Finding, grade, limitOf, limitsText } from './finding.ts';
import type { Facts } from './findings.ts';

/** What the model’s side of the comparison says before any outcome is known. */
export function outlookFindings({ result: { estimate, importance, shift, joint }, limits }: Facts): Finding[] {
  return [
    ...(estimate ? costFindings(estimate, limits.costRise) : []),
    ...(importance ? importanceFindings(importance, limits) : []),
    ...(shift ? shiftFinding(shift, limits.scoreShift) : []),
    ...(joint ? jointFindings(joint, limits) : []),
  ];
}

function costFindings(estimate: EstimateResult, grades: Grades): Finding[] {
  const change = costChange(estimate);
  if (change === null) return [];
  const { before, after, rise, z, lo, hi } = change;
  const share = estimate.effectiveSampleSize === null ? 1 : estimate.effectiveSampleSize / Math.max(1, estimate.reference.rows);
  const supported = share >= LEAST_EFFECTIVE_SHARE;
  const found = grade(rise, grades, z >= BEYOND_CHANCE_Z);
  const level = found === 'act' && !supported ? 'watch' : found;
  const words = limitsText(grades, percentOf);
  const [from, to, band] = [before.toFixed(4), after.toFixed(4), [lo.toFixed(4), hi.toFixed(4)]];
  const cost: Finding = {
    rule: 'estimated_cost',
    level,
    value: rise,
    limit: limitOf(level, grades),
    text: `Estimated cost a loan ${to} (${band.join(' to ')}), was ${from}: ${signed(rise)}${z >= BEYOND_CHANCE_Z || rise <= 0 ? '' : ', within chance'}; ${words.en}.`,
    french: `Coût estimé par prêt ${comma(to)} (${band.map(comma).join(' à ')}), était ${comma(from)} : ${comma(signed(rise))}${z >= BEYOND_CHANCE_Z || rise <= 0 ? '' : ', dans le hasard'} ; ${words.fr}.`,
  };
  if (estimate.effectiveSampleSize === null) return [cost];
  const rows = Math.round(estimate.effectiveSampleSize);
  return [
    cost,
    {
      rule: 'estimate_support',
      level: supported ? 'ok' : 'watch',
      value: share,
      limit: LEAST_EFFECTIVE_SHARE,
      text: `The reference rows that resemble the current ones are worth ${rows} of ${estimate.reference.rows}${supported ? '' : ': too few for the estimate to carry a decision'}.`,
      french: `Les lignes de référence semblables aux courantes en valent ${rows} sur ${estimate.reference.rows}${supported ? '' : ' : trop peu pour que l’estimation porte une décision'}.`,
    },
  ];
}

function importanceFindings({ weightedDrift, features }: ImportanceResult, limits: DriftLimits): Finding[] {
  const level = grade(weightedDrift, limits.weightedDrift);
  const words = limitsText(limits.weightedDrift);
  const top = features.slice(0, TOP_FEATURES).flatMap(({ feature, psi, excess, p, rank }): Finding[] => {
    const own = grade(excess, limits.topFeaturePsi, p !== null && p < BEYOND_CHANCE);
    if (own === 'ok') return [];
    return [
      {
        rule: `top_feature[${feature}]`,
        level: own,
        value: excess,
        limit: limitOf(own, limits.topFeaturePsi),
        text: `${feature}, number ${rank} by importance: PSI ${psi.toFixed(3)}.`,
        french: `${feature}, n° ${rank} par importance : PSI ${comma(psi.toFixed(3))}.`,
      },
    ];
  });
  return [
    {
      rule: 'weighted_drift',
      level,
      value: weightedDrift,
      limit: limitOf(level, limits.weightedDrift),
      text: `Drift of the features weighted by what the model rests on ${weightedDrift.toFixed(3)}; ${words.en}.`,
      french: `Dérive des variables pondérée par ce sur quoi le modèle s’appuie ${comma(weightedDrift.toFixed(3))} ; ${words.fr}.`,
    },
    ...top,
  ];
}

function shiftFinding({ delta, se, concepts }: ShiftResult, grades: Grades): Finding[] {
  const beyond = se === undefined || Math.abs(delta) >= BEYOND_CHANCE_Z * se;
  const level = grade(Math.abs(delta), grades, beyond);
  const largest = concepts.filter((part) => Math.sign(part.delta) === Math.sign(delta)).slice(0, 2);
  const named = (language: 'en' | 'fr'): string =>
    largest.map(({ name, delta: own }) => `${conceptName(name, sayIn(language))} ${signedNumber(own)}`).join(', ');
  const words = limitsText(grades);
  return [
    {
      rule: 'score_shift',
      level,
      value: delta,
      limit: limitOf(level, grades),
      text: `Mean score moved by ${signedNumber(delta)} log-odds of default${largest.length === 0 ? '' : ` (${named('en')})`}; ${words.en}.`,
      french: `Score moyen déplacé de ${comma(signedNumber(delta))} en log-cotes de défaut${largest.length === 0 ? '' : ` (${named('fr').replaceAll('.', ',')})`} ; ${words.fr}.`,
    },
  ];
}

function jointFindings({ domainAuc: { value, lo }, top, reconstruction }: JointResult, limits: DriftLimits): Finding[] {
  const found: Finding[] = [];
  if (value !== null && lo !== null) {
    const level = grade(lo, limits.domainAuc);
    const by = top
      .slice(0, 3)
      .map(({ feature }) => feature)
      .join(', ');
    const words = limitsText(limits.domainAuc);
    found.push({
      rule: 'domain_auc',
      level,
      value: lo,
      limit: limitOf(level, limits.domainAuc),
      text: `A classifier tells the parts apart with AUC ${value.toFixed(3)}, at least ${lo.toFixed(3)}${by === '' ? '' : `, by ${by}`}; ${words.en}.`,
      french: `Un classifieur distingue les parties avec une AUC de ${comma(value.toFixed(3))}, au moins ${comma(lo.toFixed(3))}${by === '' ? '' : `, par ${by}`} ; ${words.fr}.`,
    });
  }
  if (reconstruction !== undefined && reconstruction !== null) {
    const { rise, z } = reconstruction;
    const level = grade(rise, limits.reconstructionRise, z >= BEYOND_CHANCE_Z);
    const words = limitsText(limits.reconstructionRise, percentOf);
    found.push({
      rule: 'reconstruction',
      level,
      value: rise,
      limit: limitOf(level, limits.reconstructionRise),
      text: `PCA reconstruction error ${signed(rise)} against the reference; ${words.en}.`,
      french: `Erreur de reconstruction (ACP) ${comma(signed(rise))} par rapport à la référence ; ${words.fr}.`,
    });
  }
  return found;
}

function signed(share: number): string {
  return `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(1)}%`;
}

function signedNumber(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
}

function percentOf(share: number): string {
  return `${Number((share * 100).toPrecision(4))}%`;
}
