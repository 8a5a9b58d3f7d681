export type SignKind = 'grant' | 'refuse' | 'watch' | 'info';

const SHAPES: Readonly<Record<SignKind, { readonly outline: string; readonly mark: string }>> = {
  grant: { outline: 'M12 1.5a10.5 10.5 0 1 0 0 21a10.5 10.5 0 1 0 0-21z', mark: 'M7 12.5l3.4 3.4L17.2 9' },
  refuse: { outline: 'M7.6 1.5h8.8L22.5 7.6v8.8l-6.1 6.1H7.6L1.5 16.4V7.6z', mark: 'M8.4 8.4l7.2 7.2M15.6 8.4l-7.2 7.2' },
  watch: { outline: 'M12 2L23 21.5H1z', mark: 'M12 9v5.6M12 18v.4' },
  info: { outline: 'M12 1.5a10.5 10.5 0 1 0 0 21a10.5 10.5 0 1 0 0-21z', mark: 'M12 11v6M12 7v.4' },
};

/** A sign that differs by shape and mark, not by colour alone. It stands beside a word that says the same, hence has no text of its own. */
export function Sign({ kind, size = 20 }: { readonly kind: SignKind; readonly size?: number }) {
  const { outline, mark } = SHAPES[kind];
  const colour = kind === 'info' ? 'var(--accent)' : `var(--${kind})`;
  return (
    <svg className="sign" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={outline} fill={colour} />
      <path d={mark} fill="none" stroke="#fff" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
