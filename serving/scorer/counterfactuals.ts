import { SluiceError } from '../../pipeline/index.ts';
import { counterfactualWords } from '../../stages/explanations/counterfactual/counterfactual-words.ts';
import type { LoanTerms } from '../../stages/explanations/counterfactual/loan-terms.ts';
import type { Sentence } from '../../stages/explanations/reason-codes.ts';
import { amountOf, changedRows, rangesOf } from './answers/changes.ts';
import type { Applicant } from './applicant.ts';
import type { LiveModel } from './live-model.ts';
import { applicationOf } from './raw-rows.ts';
import type { ScoringSteps } from './scoring-steps.ts';
import type { Changes, CounterfactualAnswer } from './what-if-answer.ts';

const LOCKED: Sentence = {
  en: 'Income, the person, earlier credits and the kind of contract stay as they are.',
  fr: 'Les revenus, la personne, les crédits antérieurs et le type de contrat restent inchangés.',
};
const ACCEPTED: Sentence = { en: 'The application is accepted as it stands.', fr: 'La demande est acceptée telle quelle.' };
const NO_AMOUNT: Sentence = {
  en: 'The form names no amount, so no other can be tried.',
  fr: 'Le formulaire n’indique pas de montant : aucun autre ne peut être essayé.',
};

/** The smallest change of the loan that the model grants. */
export async function counterfactualsOf(live: LiveModel, applicant: Applicant, steps: ScoringSteps): Promise<CounterfactualAnswer> {
  const rows = await steps.rows(live, applicant);
  const looked = await steps.look(live, applicant);
  const score = await steps.score(live, looked, true);
  const untried = { score, tried: 0, found: null, lowest: score.probabilityOfDefault.value, locked: LOCKED };
  if (score.decision === 'grant') return { ...untried, words: ACCEPTED };
  const application = applicationOf(rows);
  if (amountOf(application, 'AMT_CREDIT') === null) return { ...untried, words: NO_AMOUNT };
  const ranges = rangesOf(application, live.ranges);
  const answer = await steps.otherLoan(live, { rows, row: looked.row, ranges });
  const { found, tried, lowest } = answer;
  const told = { score, tried, lowest, words: counterfactualWords(answer), locked: LOCKED };
  if (found === null) return { ...told, found: null };
  const changes = changesOf(answer.asked, found.terms);
  // Scored once more on the path that scores everybody: what is promised here holds there.
  const row = await steps.input(live, changedRows(rows, changes, live.model.features));
  const after = await steps.score(live, { id: null, row }, true);
  if (after.decision !== 'grant') throw new SluiceError('INTERNAL', 'a loan that was found to be granted is refused when it is asked for');
  return { ...told, found: { changes, after, effort: found.effort } };
}

function changesOf(asked: LoanTerms, terms: LoanTerms): Changes {
  return {
    ...(terms.credit !== asked.credit && { AMT_CREDIT: terms.credit }),
    ...(terms.annuity !== null && terms.annuity !== asked.annuity && { AMT_ANNUITY: terms.annuity }),
    ...(terms.goods !== null && terms.goods !== asked.goods && { AMT_GOODS_PRICE: terms.goods }),
  };
}
