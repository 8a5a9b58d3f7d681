import { assertNever } from '../../../pipeline/index.ts';
import type { Decision } from '../../../stages/calibrate/stage.ts';
import type { Sentence } from '../../../stages/explanations/reason-codes.ts';
import type { Threshold } from '../score-answer.ts';
import { decimal, percent } from './number-words.ts';

/** Where the threshold stands, and why, in terms of money. */
export function thresholdOf(decision: Decision): Threshold {
  const { threshold, costFalseNegative: falseNegative, costFalsePositive: falsePositive } = decision;
  return { value: threshold, costs: { falseNegative, falsePositive }, why: whyThere(decision) };
}

function whyThere({ threshold, basis, costFalseNegative: miss, costFalsePositive: refusal }: Decision): Sentence {
  const costs: Sentence = {
    en: `Granting a loan that then defaults costs ${decimal(miss, 'en')}, refusing one that would be repaid costs ${decimal(refusal, 'en')}`,
    fr: `Accorder un prêt qui sera en défaut coûte ${decimal(miss, 'fr')}, en refuser un qui serait remboursé coûte ${decimal(refusal, 'fr')}`,
  };
  if (basis === undefined || (basis.rule === 'costs' && basis.deploymentRate === null && !basis.capacityBinds)) {
    return {
      en: `${costs.en}: from a probability of default of ${percent(threshold, 'en')} on, refusing costs less on average.`,
      fr: `${costs.fr} : à partir d’une probabilité de défaut de ${percent(threshold, 'fr')}, refuser coûte moins en moyenne.`,
    };
  }
  const rule = ruleWords(basis.rule);
  const most = decimal((basis.maxApprovalShare ?? 1) * 100, 'en');
  const limit: Sentence = basis.capacityBinds
    ? {
        en: ` A limit of ${most}% on approvals brings it down further.`,
        fr: ` Une limite de ${most.replace('.', ',')} % d’accords l’abaisse encore.`,
      }
    : { en: '', fr: '' };
  return {
    en: `${costs.en}. Refused from a probability of ${percent(threshold, 'en')} on: ${rule.en}.${limit.en}`,
    fr: `${costs.fr}. Refus à partir d’une probabilité de ${percent(threshold, 'fr')} : ${rule.fr}.${limit.fr}`,
  };
}

function ruleWords(rule: NonNullable<Decision['basis']>['rule']): Sentence {
  switch (rule) {
    case 'costs':
      return {
        en: 'what these costs say, for the share of defaults expected',
        fr: 'ce que disent ces coûts, pour la part de défauts attendue',
      };
    case 'profit':
      return { en: 'what each outcome earns says so', fr: 'ce que rapporte chaque issue le veut ainsi' };
    case 'data':
      return { en: 'the cost over past applicants is least there', fr: 'le coût sur les demandes passées y est le plus bas' };
    default:
      return assertNever(rule);
  }
}
