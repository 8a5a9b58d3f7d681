import type { Say } from './language.ts';
import { numbersIn } from './numbers.ts';

/** The bands of credit practice. */
const [MOVED, SHIFTED] = [0.1, 0.25];

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
