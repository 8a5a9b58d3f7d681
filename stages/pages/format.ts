/** Thousands apart by a narrow no-break space, so that no locale decides. */
export function whole(value: number): string {
  const digits = String(Math.round(Math.abs(value)));
  return `${value < 0 && digits !== '0' ? '−' : ''}${digits.replaceAll(/\B(?=(\d{3})+$)/g, '\u202F')}`;
}

/** Fixed decimals with a real minus sign. */
export function decimal(value: number, digits = 3): string {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** A share as per cent. */
export function percent(share: number, digits = 1): string {
  return `${decimal(share * 100, digits)}%`;
}

/** A difference of shares as percentage points, always with its sign. */
export function points(delta: number, digits = 1): string {
  const text = Math.abs(delta * 100).toFixed(digits);
  return `${Number(text) === 0 ? '±' : delta < 0 ? '−' : '+'}${text}`;
}

/** Four significant digits, scientific below a thousandth. */
export function significant(value: number): string {
  if (value === 0) return '0';
  if (Math.abs(value) < 0.001) return value.toExponential(1).replaceAll('-', '−');
  return String(Number(value.toPrecision(4))).replace('-', '−');
}

/** What a number that does not exist is shown as. */
export function orDash(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined || !Number.isFinite(value) ? '–' : format(value);
}

/** A count and its noun, such as "1 column" or "5 columns". */
export function counted(count: number, noun: string): string {
  return `${whole(count)} ${noun}${count === 1 ? '' : 's'}`;
}
