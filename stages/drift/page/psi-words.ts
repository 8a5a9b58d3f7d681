import { PSI_BANDS } from '../../metrics/psi.ts';
import type { Say } from './language.ts';
import { numbersIn } from './numbers.ts';

const { moved: MOVED, shifted: SHIFTED } = PSI_BANDS;

/** A PSI in one word. */
export function psiBand(psi: number, say: Say): string {
  if (psi < MOVED) return 'stable';
  return psi < SHIFTED ? say('moved', 'a bougé') : say('shifted', 'déplacé');
}

/** The same with the band's ends. */
export function psiWord(psi: number | null, say: Say): string {
  if (psi === null) return say('not computed', 'non calculé');
  const { text } = numbersIn(say);
  const [moved, shifted] = [text(MOVED), text(SHIFTED)];
  const ends = (): string => {
    if (psi < MOVED) return say(`under ${moved}`, `moins de ${moved}`);
    return psi < SHIFTED ? say(`${moved} to ${shifted}`, `${moved} à ${shifted}`) : say(`${shifted} or more`, `${shifted} ou plus`);
  };
  return `${psiBand(psi, say)} (${ends()})`;
}
