import type { Language } from '../../words/bilingual.ts';
import { formatOf } from '../../words/format.ts';
import { letterWords } from './letter-words.ts';

export interface LetterContent {
  readonly id: number;
  readonly language: Language;
  readonly date: Date;
  /** As the source names it. */
  readonly contract: string | null;
  readonly amount: number | null;
  /** At most four, in the letter's language. */
  readonly reasons: readonly string[];
  /** What would have been granted, or that nothing would; null where it is not known. */
  readonly otherwise: string | null;
  readonly lender: string;
  readonly contact: string;
}

/** The refusal as it is sent: reasons, how it was decided, what would have changed it, the right to have a person look again. */
export function Letter(content: LetterContent) {
  const { id, language, date, reasons, otherwise, lender, contact } = content;
  const words = letterWords[language];
  const format = formatOf(language);
  const contracts: Readonly<Record<string, string>> = words.contracts;
  const contract = contracts[content.contract ?? ''] ?? words.loan;
  const amount = content.amount === null ? '…' : format.amount(content.amount);
  return (
    <article className="letter" lang={language}>
      <div className="letter-head">
        <p className="lines">{lender === '' ? words.lender : lender}</p>
        <p>
          {format.date(date)}
          <br />
          {words.reference(id)}
        </p>
      </div>
      <h1 className="letter-subject">{words.subject}</h1>
      <p>{words.dear}</p>
      <p>{words.refused(contract, amount)}</p>
      <p>{reasons.length === 0 ? words.noReasons : words.reasons(reasons.length)}</p>
      {reasons.length > 0 && (
        <ol data-letter="reasons">
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ol>
      )}
      <h2>{words.howTitle}</h2>
      <p>{words.how}</p>
      {otherwise !== null && (
        <>
          <h2>{words.otherTitle}</h2>
          <p>{otherwise}</p>
        </>
      )}
      <div className="letter-end">
        <h2>{words.rightsTitle}</h2>
        <ul>
          <li>{words.review}</li>
          <li>{words.access}</li>
          <li>{words.complain}</li>
        </ul>
        <p>{words.write(contact === '' ? words.contact : contact)}</p>
        <p>{words.end}</p>
        <p>{words.sign}</p>
      </div>
    </article>
  );
}
