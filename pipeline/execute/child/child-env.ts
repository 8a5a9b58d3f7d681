import type { Stage } from '../../graph/stage.ts';

/** What any program needs to start; never part of a fingerprint, since none of it should change a result. */
const BASE = ['PATH', 'TMPDIR', 'SLUICE_XGBOOST'];

/** Time zone and language change what dates and numbers look like: they are the same everywhere, unless a stage declares them. */
const FIXED = { TZ: 'UTC', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };

/** What only an effect may see: how to reach the tracking server. (Node reads extra certificates when it starts: 45 ms that a computation need not pay.) */
const EFFECT = ['NODE_EXTRA_CA_CERTS', 'HOME', 'USER', 'LOGNAME', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'];

/** The environment of a stage's child: an allow-list, the variables that the stage declares, and what bounds its engines' threads. */
export function childEnv(stage: Stage, env: Readonly<Record<string, string | undefined>>, threads: number): Record<string, string> {
  const mlflow = Object.keys(env).filter((name) => name.startsWith('MLFLOW_'));
  const names = [...BASE, ...stage.env, ...(stage.kind === 'effect' ? [...EFFECT, ...mlflow] : [])];
  const kept = names.flatMap((name): [string, string][] => {
    const value = env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { ...FIXED, ...Object.fromEntries(kept), OMP_NUM_THREADS: String(threads), OMP_WAIT_POLICY: 'PASSIVE' };
}
