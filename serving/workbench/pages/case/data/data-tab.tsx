import { useQuery } from '@tanstack/react-query';
import { useClient } from '../../../app/session.tsx';
import { Answer } from '../../../parts/answer.tsx';
import { DataTable } from '../../../parts/data-table.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { Sign } from '../../../parts/sign.tsx';
import { useLanguage, useWords } from '../../../words/language.tsx';
import type { Score } from '../explain-answer.ts';
import { dataWords } from './data-words.ts';
import { RawTables } from './raw-tables.tsx';

export function DataTab({ id, issues }: { readonly id: number; readonly issues: Score['dataQuality'] }) {
  return (
    <>
      <Quality issues={issues} />
      <Person id={id} />
      <RawTables id={id} />
    </>
  );
}

function Quality({ issues }: { readonly issues: Score['dataQuality'] }) {
  const words = useWords(dataWords);
  const { language } = useLanguage();
  return (
    <Panel title={words.quality} lead={words.qualityLead}>
      <ul className="issues">
        {issues.length === 0 && (
          <li>
            <Sign kind="grant" />
            {words.fine}
          </li>
        )}
        {issues.map((issue) => (
          <li key={`${issue.issue} ${issue.table} ${issue.feature}`}>
            <Sign kind={issue.issue === 'out-of-range' ? 'watch' : 'info'} />
            <span>
              <strong>{words.kinds[issue.issue]}.</strong> {issue[language]}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Person({ id }: { readonly id: number }) {
  const words = useWords(dataWords);
  const { language } = useLanguage();
  const client = useClient();
  const person = useQuery({ queryKey: ['personal', id], queryFn: ({ signal }) => client.personal(id, signal) });
  return (
    <Panel title={words.person} lead={words.personLead}>
      <Answer query={person}>
        {({ fields }) => (
          <DataTable
            caption={words.person}
            rows={fields}
            rowKey={({ column }) => column}
            columns={[
              { head: words.field, cell: ({ label }) => label[language] },
              { head: words.value, cell: ({ text }) => text[language] },
            ]}
          />
        )}
      </Answer>
    </Panel>
  );
}
