import type { Sentence } from '../../../stages/explanations/reason-codes.ts';
import type { ScoreAnswer } from '../../scorer/score-answer.ts';

/** One sentence with the very numbers that the gauge shows. */
export function gaugeText({
  probabilityOfDefault,
  threshold,
  decision,
}: Pick<ScoreAnswer, 'probabilityOfDefault' | 'threshold' | 'decision'>): Sentence {
  const digits = digitsApart(probabilityOfDefault.value, threshold.value);
  const percent = (share: number): string => (100 * share).toFixed(digits);
  const [own, limit] = [percent(probabilityOfDefault.value), percent(threshold.value)];
  const french = (text: string): string => text.replace('.', ',');
  return decision === 'refuse'
    ? {
        en: `The probability of default is ${own}%, at or above the threshold of ${limit}%: the model refuses.`,
        fr: `La probabilité de défaut est de ${french(own)} %, au niveau ou au-dessus du seuil de ${french(limit)} % : le modèle refuse.`,
      }
    : {
        en: `The probability of default is ${own}%, below the threshold of ${limit}%: the model grants.`,
        fr: `La probabilité de défaut est de ${french(own)} %, sous le seuil de ${french(limit)} % : le modèle accorde.`,
      };
}

/** One digit, more where the two would look the same and are not. */
function digitsApart(one: number, other: number): number {
  let digits = 1;
  while (digits < 6 && one !== other && (100 * one).toFixed(digits) === (100 * other).toFixed(digits)) digits++;
  return digits;
}
