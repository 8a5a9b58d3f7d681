import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useClient } from '../../../app/session.tsx';
import { Answer } from '../../../parts/answer.tsx';
import { Choice } from '../../../parts/choice.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { useWords } from '../../../words/language.tsx';
import { useFormat } from '../../../words/use-format.ts';
import { comparisonWords } from './comparison-words.ts';
import { Distribution } from './distribution.tsx';

const SCORE = '';

interface StandingProps {
  readonly id: number;
  readonly features: readonly { readonly id: string; readonly text: string }[];
}

/** Where the applicant stands among all clients, by probability of default or by a feature of the score. */
export function Standing({ id, features }: StandingProps) {
  const words = useWords(comparisonWords);
  const format = useFormat();
  const client = useClient();
  const [feature, setFeature] = useState(SCORE);
  const standing = useQuery({
    queryKey: ['population', id, feature],
    queryFn: ({ signal }) => client.population(id, feature === SCORE ? null : feature, signal),
    placeholderData: keepPreviousData,
  });
  const { data } = standing;
  return (
    <Panel title={words.standing} lead={data === undefined ? undefined : words.standingLead(format.amount(data.population.clients))}>
      <Choice label={words.quantity} options={[{ id: SCORE, text: words.default }, ...features]} chosen={feature} onChoose={setFeature} />
      <Answer query={standing}>{(answer) => <Distribution standing={answer.standing} />}</Answer>
    </Panel>
  );
}
