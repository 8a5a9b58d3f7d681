import { Button } from 'react-aria-components';
import type { Changes } from '../../../api/client.ts';
import { DataTable } from '../../../parts/data-table.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { useLanguage, useWords } from '../../../words/language.tsx';
import { shellWords } from '../../../words/shell-words.ts';
import { useFormat } from '../../../words/use-format.ts';
import { changeWords } from './change-words.ts';
import { FieldSlider } from './field-slider.tsx';
import { Outcome } from './outcome.tsx';
import type { WhatIfAnswer } from './what-if-answer.ts';

interface WhatIfProps {
  readonly answer: WhatIfAnswer;
  readonly changes: Changes;
  readonly change: (changes: Changes) => void;
  /** Whether the answer is still that of the changes before. */
  readonly waits: boolean;
}

export function WhatIf({ answer, changes, change, waits }: WhatIfProps) {
  const words = useWords(changeWords);
  return (
    <Panel title={words.whatIf} lead={words.whatIfLead}>
      <div className="columns">
        <div className="sliders">
          {answer.fields.map((field) => (
            <FieldSlider
              key={field.field}
              range={field}
              value={changes[field.field] ?? field.current}
              onChange={(value) => {
                const { [field.field]: _, ...others } = changes;
                change(value === field.current ? others : { ...others, [field.field]: value });
              }}
            />
          ))}
        </div>
        <div className="stack">
          <Outcome answer={answer} waits={waits} />
          <div>
            <Button className="button" onPress={() => change({})} isDisabled={Object.keys(changes).length === 0}>
              {words.reset}
            </Button>
          </div>
        </div>
      </div>
      {answer.changed.length > 0 && <Moved moved={answer.moved} />}
    </Panel>
  );
}

function Moved({ moved }: { readonly moved: WhatIfAnswer['moved'] }) {
  const words = useWords(changeWords);
  const { unknown } = useWords(shellWords);
  const { language } = useLanguage();
  const format = useFormat();
  const write = (value: number | null) => (value === null ? unknown : format.number(value));
  return (
    <details>
      <summary>{words.moved}</summary>
      {moved.length === 0 ? (
        <p>{words.movedNone}</p>
      ) : (
        <DataTable
          caption={words.moved}
          rows={moved}
          rowKey={({ feature }) => feature}
          columns={[
            { head: words.feature, cell: ({ description }) => description[language] },
            { head: words.from, cell: ({ from }) => write(from), number: true },
            { head: words.to, cell: ({ to }) => write(to), number: true },
          ]}
        />
      )}
    </details>
  );
}
