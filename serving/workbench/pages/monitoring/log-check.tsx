import { useMutation } from '@tanstack/react-query';
import { Button } from 'react-aria-components';
import { useClient } from '../../app/session.tsx';
import { Failure } from '../../parts/answer.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Sign } from '../../parts/sign.tsx';
import { useWords } from '../../words/language.tsx';
import { useFormat } from '../../words/use-format.ts';
import { monitoringWords } from './monitoring-words.ts';

/** Reads the whole log and checks its chain, on request: it takes a while where there are many decisions. */
export function LogCheck() {
  const words = useWords(monitoringWords);
  const format = useFormat();
  const client = useClient();
  const check = useMutation({ mutationFn: () => client.verify() });
  const { data } = check;
  return (
    <Panel title={words.log}>
      <div className="stack">
        <div>
          <Button className="button" onPress={() => check.mutate()} isPending={check.isPending}>
            {words.check}
          </Button>
        </div>
        <div role="status">
          {data !== undefined && (
            <div className={`notice ${data.intact ? 'grant' : 'refuse'}`}>
              <Sign kind={data.intact ? 'grant' : 'refuse'} />
              <div>
                <p>{data.intact ? words.intact(format.amount(data.decisions)) : words.damaged(format.amount(data.findings.length))}</p>
                {data.findings.map(({ id, kind, message }) => (
                  <p key={`${id} ${message}`}>{words.finding[kind](id === null ? '' : format.amount(id))}</p>
                ))}
                <p className="note">
                  {words.head} <code>{data.head.hash}</code>
                </p>
              </div>
            </div>
          )}
        </div>
        {check.isError && <Failure error={check.error} title={words.unchecked} />}
      </div>
    </Panel>
  );
}
