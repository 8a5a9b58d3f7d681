import type { ExplainAnswer } from '../../scorer/explain-answer.ts';

/** The explanation with its largest contributions alone, and the rest added up, so that it still adds up to the score. */
export function explainTop({ score, explanation }: ExplainAnswer, top = Number.POSITIVE_INFINITY) {
  if (explanation.kind === 'none' || explanation.contributions.length <= top) return { score, explanation };
  const rest = explanation.contributions.slice(top);
  const others = { count: rest.length, contribution: rest.reduce((sum, { contribution }) => sum + contribution, 0) };
  return { score, explanation: { ...explanation, contributions: explanation.contributions.slice(0, top), others } };
}
