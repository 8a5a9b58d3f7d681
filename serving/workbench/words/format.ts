import type { Language } from './bilingual.ts';

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr-FR' };

/** Numbers as people of the language write them. What is not known is said by whoever asks, never "NaN". */
export interface Format {
  /** 1,234.5: at most two decimals. */
  readonly number: (value: number) => string;
  /** 0.043: two digits that count, for sizes that are compared. */
  readonly effect: (value: number) => string;
  /** 0.753: a measure of a model. */
  readonly measure: (value: number) => string;
  /** 12.3%: of a share. @param digits decimals, 1 without */
  readonly percent: (share: number, digits?: number) => string;
  /** 3.4, of a difference of shares, in percentage points, without its sign. */
  readonly points: (difference: number) => string;
  /** +0.42 or −0.42: log-odds with their sign. */
  readonly signed: (value: number) => string;
  /** 1,234,567: whole units of money. */
  readonly amount: (value: number) => string;
  /** 26 November 2026. */
  readonly date: (instant: Date) => string;
  /** 26 Nov 2026, 14:03. */
  readonly moment: (instant: Date) => string;
}

export function formatOf(language: Language): Format {
  const locale = LOCALES[language];
  const make = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options);
  const number = make({ maximumFractionDigits: 2 });
  const measure = make({ minimumFractionDigits: 3, maximumFractionDigits: 3 });
  const effect = make({ maximumSignificantDigits: 2 });
  const points = make({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const signed = make({ minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'exceptZero' });
  const amount = make({ maximumFractionDigits: 0 });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long' });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return {
    number: (value) => number.format(value),
    measure: (value) => measure.format(value),
    effect: (value) => effect.format(value),
    percent: (share, digits = 1) => make({ style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(share),
    points: (difference) => points.format(Math.abs(difference) * 100),
    signed: (value) => signed.format(value).replace('-', '−'),
    amount: (value) => amount.format(value),
    date: (instant) => date.format(instant),
    moment: (instant) => moment.format(instant),
  };
}
