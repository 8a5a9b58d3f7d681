import { decimal, percent, points, significant } from '../../pages/format.ts';
import type { Say } from './language.ts';

export interface Numbers {
  readonly decimal: (value: number, digits?: number) => string;
  readonly percent: (share: number, digits?: number) => string;
  readonly points: (delta: number, digits?: number) => string;
  readonly significant: (value: number) => string;
  /** A number that is text already. */
  readonly text: (number: string | number) => string;
  /** A difference with its sign. */
  readonly signed: (value: number, digits?: number) => string;
}

/** Numbers as the page's language writes them: French has a decimal comma, and a space before a per cent sign. */
export function numbersIn(say: Say): Numbers {
  const text = (number: string | number): string =>
    say(
      String(number),
      String(number)
        .replaceAll(/(\d)\.(\d)/g, '$1,$2')
        .replaceAll(/(\d)%/g, '$1\u00A0%'),
    );
  return {
    decimal: (value, digits) => text(decimal(value, digits)),
    percent: (share, digits) => text(percent(share, digits)),
    points: (delta, digits) => text(points(delta, digits)),
    significant: (value) => text(significant(value)),
    text,
    signed: (value, digits) => `${value < 0 ? '' : '+'}${text(decimal(value, digits))}`,
  };
}
