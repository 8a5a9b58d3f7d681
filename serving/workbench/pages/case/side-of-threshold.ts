import type { Format } from '../../words/format.ts';
import type { caseWords } from './case-words.ts';
import type { Score } from './explain-answer.ts';

/** On which side of the threshold the applicant stands, and how far, in words. */
export function sideOfThreshold(
  { probabilityOfDefault, threshold }: Pick<Score, 'probabilityOfDefault' | 'threshold'>,
  { words, format }: { readonly words: (typeof caseWords)['en']; readonly format: Format },
): string {
  const distance = probabilityOfDefault.value - threshold.value;
  const mark = format.percent(threshold.value);
  if (distance === 0) return words.at(mark);
  return distance > 0 ? words.above(format.points(distance), mark) : words.below(format.points(distance), mark);
}
