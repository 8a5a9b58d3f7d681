import { useMemo } from 'react';
import { Panel } from '../../../parts/panel.tsx';
import { useLanguage, useWords } from '../../../words/language.tsx';
import type { ExplainAnswer } from '../explain-answer.ts';
import { comparisonWords } from './comparison-words.ts';
import { Pair } from './pair.tsx';
import { Similar } from './similar.tsx';
import { Standing } from './standing.tsx';

/** Features offered for comparison: those that moved this score most. A list of hundreds helps nobody choose. */
const MOST = 40;

export function ComparisonTab({ id, answer }: { readonly id: number; readonly answer: ExplainAnswer }) {
  const words = useWords(comparisonWords);
  const { language } = useLanguage();
  const { explanation } = answer;
  const features = useMemo(
    () =>
      explanation.kind === 'none'
        ? []
        : explanation.contributions.slice(0, MOST).map(({ feature, description }) => ({ id: feature, text: description[language] })),
    [explanation, language],
  );
  return (
    <>
      <Standing id={id} features={features} />
      <Similar id={id} />
      {features.length < 2 ? <Panel title={words.pair} lead={words.noFeatures} /> : <Pair id={id} features={features} />}
    </>
  );
}
