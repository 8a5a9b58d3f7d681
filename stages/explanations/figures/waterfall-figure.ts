import type { Waterfall } from '../waterfall.ts';
import { bottomAxis, linearScale, minus, signed } from './scale.ts';
import { at, type Drawing, fitted, ink, line, text } from './svg-document.ts';

const LABELS = 330;
const WIDTH = 760;
const STEP = 26;

/** From the model's mean to the applicant's score, step by step; every bar carries its value with its sign. */
export function waterfallFigure(
  { start, steps, end, others }: Waterfall,
  {
    name,
    title,
    others: noun,
  }: { readonly name: string; readonly title: string; /** What the last bar adds up. */ readonly others: string },
): Drawing {
  const ends = [start, end, ...steps.flatMap(({ from, to }) => [from, to])];
  const [lo, hi] = [Math.min(...ends), Math.max(...ends)];
  const room = (hi - lo || 1) * 0.12;
  const scale = linearScale(lo - room, hi + room, [LABELS, WIDTH]);
  const bottom = (steps.length + 2) * STEP + 8;
  const rows = steps.map((step, index) =>
    bar(scale, { ...step, label: step.label === '' ? `${others} other ${noun}` : step.label }, (index + 1) * STEP),
  );
  const body = [
    bottomAxis(scale, { top: 0, bottom, title: 'Log-odds of default before calibration' }),
    total(scale, 'All applicants on average', start, 0),
    ...rows,
    total(scale, 'This applicant', end, (steps.length + 1) * STEP),
  ];
  return {
    name,
    title,
    description: `From ${minus(Number(start.toFixed(3)))} for all applicants to ${minus(Number(end.toFixed(3)))} for this one; orange bars raise the risk, blue ones lower it.`,
    width: WIDTH,
    height: bottom + 44,
    body: body.join(''),
  };
}

function bar(scale: (value: number) => number, { label, value, from, to }: Waterfall['steps'][number], y: number): string {
  const [left, right] = [Math.min(scale(from), scale(to)), Math.max(scale(from), scale(to))];
  const beside =
    value < 0 ? text(left - 5, y + 17, signed(value), { anchor: 'end', size: 12 }) : text(right + 5, y + 17, signed(value), { size: 12 });
  return [
    text(LABELS - 12, y + 17, fitted(label), { anchor: 'end' }),
    `<rect x="${at(left)}" y="${y + 4}" width="${at(Math.max(1, right - left))}" height="${STEP - 8}" fill="${value < 0 ? ink.down : ink.up}"/>`,
    line([scale(to), y + STEP - 4], [scale(to), y + STEP + 4], ink.soft),
    beside,
  ].join('');
}

function total(scale: (value: number) => number, label: string, value: number, y: number): string {
  return [
    text(LABELS - 12, y + 17, fitted(label), { anchor: 'end' }),
    line([scale(value), y + 2], [scale(value), y + STEP], ink.text),
    `<circle cx="${at(scale(value))}" cy="${y + STEP / 2}" r="4" fill="${ink.text}"/>`,
    text(scale(value) + 9, y + 17, minus(Number(value.toFixed(3))), { size: 12 }),
  ].join('');
}
