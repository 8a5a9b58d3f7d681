import { useQuery } from '@tanstack/react-query';
import { Button } from 'react-aria-components';
import { applicantQueries } from '../../../api/applicant-queries.ts';
import type { Changes } from '../../../api/client.ts';
import { useClient } from '../../../app/session.tsx';
import { Answer } from '../../../parts/answer.tsx';
import { DataTable } from '../../../parts/data-table.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { useLanguage, useWords } from '../../../words/language.tsx';
import { useFormat } from '../../../words/use-format.ts';
import { changeWords } from './change-words.ts';
import type { WhatIfAnswer } from './what-if-answer.ts';

interface CounterfactualProps {
  readonly id: number;
  readonly tryOut: (changes: Changes) => void;
  /** Null before the sliders have been answered: hundreds of loans are not to be tried before them. */
  readonly fields: WhatIfAnswer['fields'] | null;
}

/** The smallest change of the loan that the same model grants, and what stayed locked. */
export function Counterfactual({ id, tryOut, fields }: CounterfactualProps) {
  const words = useWords(changeWords);
  const { language } = useLanguage();
  const format = useFormat();
  const client = useClient();
  const query = useQuery({
    ...applicantQueries(client, id).counterfactuals,
    enabled: fields !== null,
  });
  return (
    <Panel title={words.smallest}>
      <Answer query={query}>
        {(answer) => (
          <div className="stack">
            <p className="prose">{answer.words[language]}</p>
            {answer.found !== null && <Terms changes={answer.found.changes} fields={fields ?? []} />}
            <p className="note">
              {words.tried(format.amount(answer.tried))} {answer.locked[language]}
            </p>
            {answer.found !== null && (
              <div>
                <Button className="button" onPress={() => tryOut(answer.found?.changes ?? {})}>
                  {words.try}
                </Button>
              </div>
            )}
          </div>
        )}
      </Answer>
    </Panel>
  );
}

function Terms({ changes, fields }: { readonly changes: Changes; readonly fields: WhatIfAnswer['fields'] }) {
  const words = useWords(changeWords);
  const { language } = useLanguage();
  const format = useFormat();
  const write = (value: number | null) => (value === null ? words.asIs : format.number(value));
  return (
    <DataTable
      caption={words.table}
      rows={fields}
      rowKey={({ field }) => field}
      columns={[
        { head: words.field, cell: ({ label }) => label[language] },
        { head: words.askedFor, cell: ({ current }) => write(current), number: true },
        {
          head: words.proposed,
          cell: ({ field, current }) => {
            const changed = changes[field];
            return changed === undefined || changed === current ? write(current) : <strong>{write(changed)}</strong>;
          },
          number: true,
        },
      ]}
    />
  );
}
