import { useQuery } from '@tanstack/react-query';
import { applicantQueries } from '../../../api/applicant-queries.ts';
import { useClient } from '../../../app/session.tsx';
import { Sign } from '../../../parts/sign.tsx';
import { useWords } from '../../../words/language.tsx';
import { useFormat } from '../../../words/use-format.ts';
import { recordWords } from './record-words.ts';

/** What the log holds of this applicant, newest first. Nothing where it holds nothing. */
export function EarlierDecisions({ id }: { readonly id: number }) {
  const words = useWords(recordWords);
  const format = useFormat();
  const client = useClient();
  const { data } = useQuery(applicantQueries(client, id).decisions);
  if (data === undefined || data.decisions.length === 0) return null;
  return (
    <section className="why">
      <h3>{words.earlier}</h3>
      <ul className="issues">
        {data.decisions.map((one) => (
          <li key={one.id}>
            <Sign kind={one.decision} />
            <div>
              <p>
                <strong>{words.line[one.decision]}</strong>
                {one.override && ` · ${words.override}`}
              </p>
              {one.reason !== null && <p>{one.reason}</p>}
              <p className="note">
                {words.by(one.officer, format.moment(new Date(one.time)))} · {words.seal} <code>{one.hash.slice(0, 12)}</code>
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
