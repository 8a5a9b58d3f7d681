import { RAISES as DEFAULTED, INK, LOWERS as REPAID } from './palette.ts';

type Swatch = 'plain' | 'pale' | 'striped' | 'circle' | 'triangle' | 'diamond' | 'line' | 'dashed';

export type LegendEntry = readonly [swatch: Swatch, word: string];

/** The key of a chart: the shapes as drawn, each with its word. */
export function Legend({ entries }: { readonly entries: readonly LegendEntry[] }) {
  return (
    <ul className="legend">
      {entries.map(([swatch, word]) => (
        <li key={swatch}>
          <svg width="18" height="14" viewBox="0 0 18 14" aria-hidden="true" focusable="false">
            <Shape swatch={swatch} />
          </svg>
          {word}
        </li>
      ))}
    </ul>
  );
}

function Shape({ swatch }: { readonly swatch: Swatch }) {
  switch (swatch) {
    case 'plain':
      return <rect width="18" height="14" rx="2" fill={REPAID.color} />;
    case 'pale':
      return <rect width="18" height="14" rx="2" fill={REPAID.color} opacity="0.35" />;
    case 'striped':
      return (
        <>
          <rect width="18" height="14" rx="2" fill={DEFAULTED.color} />
          <path d="M0 6L6 0M0 13L13 0M4 16L18 2M11 16L18 9" stroke="#fff" strokeWidth="1.8" opacity="0.8" />
        </>
      );
    case 'circle':
      return <circle cx="9" cy="7" r="5" fill="none" stroke={REPAID.color} strokeWidth="2" />;
    case 'triangle':
      return <path d="M9 1.5L15.5 12.5H2.5z" fill={DEFAULTED.color} />;
    case 'diamond':
      return <path d="M9 0L16 7L9 14L2 7z" fill={INK} />;
    case 'line':
      return <path d="M9 0V14" stroke={INK} strokeWidth="3" />;
    case 'dashed':
      return <path d="M9 0V14" stroke={INK} strokeWidth="2" strokeDasharray="3 2" />;
  }
}
