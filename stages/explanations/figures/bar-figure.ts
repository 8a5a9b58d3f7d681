import { at, type Drawing, fitted, ink, text } from './svg-document.ts';
import { bottomAxis, linearScale } from './scale.ts';

export interface Bar {
  readonly label: string;
  /** At least 0. */
  readonly value: number;
}

const LABELS = 330;
const WIDTH = 760;
const STEP = 24;

/** Horizontal bars from 0, each with its value. */
export function barFigure(
  bars: readonly Bar[],
  { name, title, description, axis }: Pick<Drawing, 'name' | 'title' | 'description'> & { readonly axis: string },
): Drawing {
  const scale = linearScale(0, Math.max(...bars.map(({ value }) => value), 1e-9) * 1.12, [LABELS, WIDTH]);
  const bottom = bars.length * STEP + 6;
  const rows = bars.map(({ label, value }, index) => {
    const y = index * STEP;
    return `${text(LABELS - 10, y + 17, fitted(label), { anchor: 'end' })}<rect x="${LABELS}" y="${y + 4}" width="${at(Math.max(1, scale(value) - LABELS))}" height="${STEP - 8}" fill="${ink.down}"/>${text(scale(value) + 5, y + 17, value.toFixed(3), { size: 12 })}`;
  });
  return {
    name,
    title,
    description,
    width: WIDTH,
    height: bottom + 44,
    body: `${bottomAxis(scale, { top: 0, bottom, title: axis })}${rows.join('')}`,
  };
}
