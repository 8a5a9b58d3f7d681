import { at, ink, line, text } from './svg-document.ts';

/** A linear map of values to pixels. */
export interface Scale {
  readonly lo: number;
  readonly hi: number;
  (value: number): number;
}

/** @param pixels where lo and hi fall */
export function linearScale(lo: number, hi: number, pixels: readonly [number, number]): Scale {
  const span = hi - lo || 1;
  const map = (value: number): number => pixels[0] + ((value - lo) / span) * (pixels[1] - pixels[0]);
  return Object.assign(map, { lo, hi });
}

/** Round values, about so many, that a scale passes over. */
export function ticks({ lo, hi }: Scale, wanted = 6): readonly number[] {
  const rough = (hi - lo) / wanted || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => rough <= factor * power) ?? 10);
  const first = Math.ceil(lo / step);
  return Array.from({ length: Math.max(0, Math.floor(hi / step) - first + 1) }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

/** Vertical grid lines with their values below, and the axis' title. */
export function bottomAxis(
  scale: Scale,
  { top, bottom, title }: { readonly top: number; readonly bottom: number; readonly title: string },
): string {
  const marks = ticks(scale).map(
    (value) =>
      line([scale(value), top], [scale(value), bottom], value === 0 ? ink.soft : ink.grid) +
      text(scale(value), bottom + 16, minus(value), { anchor: 'middle', size: 12 }),
  );
  return `${marks.join('')}${text((scale(scale.lo) + scale(scale.hi)) / 2, bottom + 36, title, { anchor: 'middle' })}`;
}

/** Horizontal grid lines with their values on the left. */
export function leftAxis(scale: Scale, { left, right }: { readonly left: number; readonly right: number }): string {
  return ticks(scale, 5)
    .map(
      (value) =>
        line([left, scale(value)], [right, scale(value)], value === 0 ? ink.soft : ink.grid) +
        text(left - 6, scale(value) + 4, minus(value), { anchor: 'end', size: 12 }),
    )
    .join('');
}

/** A number with a real minus sign, six digits at most. */
export function minus(value: number): string {
  const size = Math.abs(value);
  const digits = size >= 1e6 ? `${at(size / 1e6)} M` : size >= 1e4 ? `${at(size / 1e3)} k` : String(Number(size.toPrecision(4)));
  return value < 0 ? `−${digits}` : digits;
}

/** Log-odds with sign, three decimals. */
export function signed(value: number): string {
  const digits = Math.abs(value).toFixed(3);
  return Number(digits) === 0 ? '±0.000' : `${value < 0 ? '−' : '+'}${digits}`;
}
