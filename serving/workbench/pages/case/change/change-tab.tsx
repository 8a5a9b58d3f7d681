import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Changes } from '../../../api/client.ts';
import { useClient } from '../../../app/session.tsx';
import { Answer } from '../../../parts/answer.tsx';
import { Counterfactual } from './counterfactual.tsx';
import { useSettled } from './use-settled.ts';
import { WhatIf } from './what-if.tsx';

/** Milliseconds that a slider rests before it is asked about: fast enough to feel live, few enough questions. */
const REST_MS = 80;

export function ChangeTab({ id }: { readonly id: number }) {
  const client = useClient();
  const [changes, setChanges] = useState<Changes>({});
  const asked = useSettled(changes, REST_MS);
  const answer = useQuery({
    queryKey: ['what-if', id, asked],
    queryFn: ({ signal }) => client.whatIf(id, asked, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <Answer query={answer}>
        {(data) => <WhatIf answer={data} changes={changes} change={setChanges} waits={answer.isPlaceholderData || asked !== changes} />}
      </Answer>
      <Counterfactual id={id} tryOut={setChanges} fields={answer.data?.fields ?? null} />
    </>
  );
}
