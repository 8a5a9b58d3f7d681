import type { Language } from '../../../words/bilingual.ts';
import { sentenceCase } from '../../../words/sentence-case.ts';
import type { ExactExplanation } from '../explain-answer.ts';

export interface WaterfallStep {
  readonly label: string;
  readonly kind: 'total' | 'raises' | 'lowers';
  /** What it adds to the log-odds; of a total, the total. */
  readonly value: number;
  readonly from: number;
  readonly to: number;
}

/** Subjects with a bar of their own: more do not fit beside their names on a small screen. */
const MOST = 9;

interface Frame {
  readonly language: Language;
  readonly logOdds: number;
  readonly words: { readonly start: string; readonly end: string; readonly others: (count: number) => string };
}

/** The way from the model's mean to the applicant's log-odds: the largest subjects, the small ones added up, both ends. */
export function waterfallSteps(
  { bias, concepts }: Pick<ExactExplanation, 'bias' | 'concepts'>,
  { language, logOdds, words }: Frame,
): readonly WaterfallStep[] {
  const small = concepts.slice(MOST);
  const parts = concepts.slice(0, MOST).map((concept) => ({ label: sentenceCase(concept[language]), value: concept.contribution }));
  if (small.length > 0) {
    parts.push({ label: words.others(small.length), value: small.reduce((sum, { contribution }) => sum + contribution, 0) });
  }
  let total = bias;
  const steps = parts.map(({ label, value }): WaterfallStep => {
    const from = total;
    total += value;
    return { label, kind: value > 0 ? 'raises' : 'lowers', value, from, to: total };
  });
  return [
    { label: words.start, kind: 'total', value: bias, from: bias, to: bias },
    ...steps,
    { label: words.end, kind: 'total', value: logOdds, from: logOdds, to: logOdds },
  ];
}
