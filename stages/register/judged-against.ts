import type { ChampionStatus } from '../champion/stage.ts';
import type { Verdict } from '../gate/stage.ts';
import { assertNever } from '../../pipeline/index.ts';

/** The champion's version, `none`, or `unknown`: the value of the tag `sluice.judged_against`. */
export function judgedAgainst(champion: ChampionStatus): string {
  switch (champion.state) {
    case 'none':
    case 'unknown':
      return champion.state;
    case 'known':
      return champion.version;
    default:
      return assertNever(champion);
  }
}

/** Only a passed verdict asks for `champion`; the tracker gives it where nobody else took it since. */
export function wantedAlias(verdict: Verdict | null): 'champion' | 'challenger' {
  return verdict?.verdict === 'passed' ? 'champion' : 'challenger';
}
