import { formatCount } from '../util/format.ts';
import type { SluiceEvent } from './event.ts';

export type Progress = Pick<Extract<SluiceEvent, { type: 'stage.progress' }>, 'done' | 'total' | 'note'>;

const BAR_CELLS = 24;

/** A bar and a share where the total is known, else a counter; then the body's note. */
export function progressText({ done, total, note }: Progress): string {
  const shown = note === '' ? '' : `  ${note}`;
  if (total === null || total <= 0) return `${formatCount(done)}${shown}`;
  const share = Math.min(1, Math.max(0, done / total));
  const filled = Math.round(share * BAR_CELLS);
  return `${'█'.repeat(filled)}${'░'.repeat(BAR_CELLS - filled)} ${String(Math.floor(share * 100)).padStart(3)}%${shown}`;
}
