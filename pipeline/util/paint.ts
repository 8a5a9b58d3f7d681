const CODES = { red: 31, green: 32, yellow: 33, cyan: 36, dim: 2, bold: 1 } as const;

export type Paint = Readonly<Record<keyof typeof CODES, (text: string) => string>>;

/** ANSI colours, or the text as it is. */
export function makePaint(colours: boolean): Paint {
  const wrap =
    (code: number) =>
    (text: string): string =>
      colours ? `\u001B[${code}m${text}\u001B[${code === 1 || code === 2 ? 22 : 39}m` : text;
  return {
    red: wrap(CODES.red),
    green: wrap(CODES.green),
    yellow: wrap(CODES.yellow),
    cyan: wrap(CODES.cyan),
    dim: wrap(CODES.dim),
    bold: wrap(CODES.bold),
  };
}

/** Whether a stream should be coloured: https://no-color.org and FORCE_COLOR first, then whether it is a terminal. */
export function wantsColour(env: Readonly<Record<string, string | undefined>>, isTty: boolean): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  if (!['', '0', undefined].includes(env['FORCE_COLOR'])) return true;
  return isTty && env['TERM'] !== 'dumb';
}
