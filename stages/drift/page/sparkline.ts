import { orDash } from '../../pages/format.ts';
import { html, type Html, trusted } from '../../pages/html.ts';

const [WIDTH, HEIGHT, PAD] = [160, 36, 4];

/** A line from zero; a batch without the number leaves a gap. The last one is a dot. */
export function sparkline(title: string, values: readonly (number | null)[], format: (value: number) => string): Html {
  const top = Math.max(...values.map((value) => value ?? 0), 1e-9);
  const at = (index: number): number => PAD + (values.length < 2 ? WIDTH - 2 * PAD : (index * (WIDTH - 2 * PAD)) / (values.length - 1));
  const y = (value: number): number => HEIGHT - PAD - (value / top) * (HEIGHT - 2 * PAD);
  const path = values
    .map((value, index) => {
      if (value === null) return '';
      const previous = index === 0 ? null : values[index - 1];
      return `${previous === null || previous === undefined ? 'M' : 'L'}${at(index).toFixed(1)} ${y(value).toFixed(1)}`;
    })
    .join('');
  const last = values.at(-1) ?? null;
  const label = `${title}: ${values.map((value) => orDash(value, format)).join(', ')}`;
  return html`<svg role="img" aria-label="${label}" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">
    <path d="${trusted(path)}" fill="none" stroke="#1d5f8a" stroke-width="2" />
    ${last !== null && html`<circle cx="${at(values.length - 1).toFixed(1)}" cy="${y(last).toFixed(1)}" r="3.5" fill="#1d5f8a" />`}
  </svg>`;
}
