import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useClient } from '../../../app/session.tsx';
import { Answer } from '../../../parts/answer.tsx';
import { Choice } from '../../../parts/choice.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { useWords } from '../../../words/language.tsx';
import { comparisonWords } from './comparison-words.ts';
import { PairPlot } from './pair-plot.tsx';

interface PairProps {
  readonly id: number;
  /** At least two. */
  readonly features: readonly { readonly id: string; readonly text: string }[];
}

/** Two features of the population against each other, with the applicant marked. */
export function Pair({ id, features }: PairProps) {
  const words = useWords(comparisonWords);
  const client = useClient();
  const [x, setX] = useState(features[0]?.id ?? '');
  const [y, setY] = useState(features[1]?.id ?? '');
  const pair = useQuery({
    queryKey: ['bivariate', id, x, y],
    queryFn: ({ signal }) => client.bivariate(id, { x, y }, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <Panel title={words.pair} lead={words.pairLead}>
      <div className="columns">
        <Choice label={words.across} options={features} chosen={x} onChoose={setX} />
        <Choice label={words.upwards} options={features} chosen={y} onChoose={setY} />
      </div>
      <Answer query={pair}>{(answer) => <PairPlot answer={answer} />}</Answer>
    </Panel>
  );
}
