import { Sign } from './sign.tsx';

export type Status = 'ok' | 'watch' | 'act' | 'unknown';

const SIGNS = { ok: 'grant', watch: 'watch', act: 'refuse', unknown: 'info' } as const;

/** A state in word, sign and colour. */
export function StatusBadge({ status, word }: { readonly status: Status; readonly word: string }) {
  return (
    <span className={`badge ${status === 'unknown' ? 'plain' : status}`}>
      <Sign kind={SIGNS[status]} size={15} />
      {word}
    </span>
  );
}
