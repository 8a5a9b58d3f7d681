import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { SluiceError } from '../../../errors/sluice-error.ts';

export type TrackingEnv = Readonly<Record<string, string | undefined>>;

/** Variables whose meaning lives in Python packages: leaving them out would send the wrong name, or none. */
const PYTHON_ONLY = ['MLFLOW_TRACKING_AUTH', 'MLFLOW_TRACKING_AWS_SIGV4'] as const;

/**
 * Basic before bearer, as MLflow's Python client does it. Credentials inside the uri count as basic; what the environment leaves
 * out comes from `~/.mlflow/credentials`.
 * @throws SluiceError CONFIG_VALUE for a way of signing that only MLflow's Python plug-ins know
 */
export function authorization(uri: URL, env: TrackingEnv): string | undefined {
  for (const name of PYTHON_ONLY) {
    if (isOff(env[name])) continue;
    throw new SluiceError('CONFIG_VALUE', `${name} is set, and signing requests that way takes a plug-in of MLflow's Python client`, {
      hint: `Unset ${name}, and set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.`,
    });
  }
  const { user, password } = uri.username === '' ? login(env) : decoded(uri);
  const token = env['MLFLOW_TRACKING_TOKEN'];
  if (user !== undefined && user !== '') return `Basic ${Buffer.from(`${user}:${password ?? ''}`).toString('base64')}`;
  return token === undefined || token === '' ? undefined : `Bearer ${token}`;
}

interface Login {
  readonly user: string | undefined;
  readonly password: string | undefined;
}

function decoded({ username, password }: URL): Login {
  return { user: unquoted(username), password: unquoted(password) };
}

/** As Python does it: a % that starts no code stands for itself. */
function unquoted(text: string): string {
  return text.replaceAll(/(?:%[\da-f]{2})+/gi, (codes) => Buffer.from(codes.replaceAll('%', ''), 'hex').toString('utf8'));
}

/** Each of the two by itself: a name in the environment goes with a password in the file. */
function login(env: TrackingEnv): Login {
  const [user, password] = [env['MLFLOW_TRACKING_USERNAME'], env['MLFLOW_TRACKING_PASSWORD']];
  if (user !== undefined && user !== '' && password !== undefined && password !== '') return { user, password };
  const file = credentialsFile(env);
  return { user: orElse(user, file['mlflow_tracking_username']), password: orElse(password, file['mlflow_tracking_password']) };
}

/** Section [mlflow] of `~/.mlflow/credentials`, an ini file; empty where there is none. An environment without HOME has no such file. */
function credentialsFile(env: TrackingEnv): Readonly<Record<string, string>> {
  const home = env === process.env ? homedir() : env['HOME'];
  if (home === undefined || home === '') return {};
  let text: string;
  try {
    text = readFileSync(join(home, '.mlflow', 'credentials'), 'utf8');
  } catch {
    return {};
  }
  const found: Record<string, string> = {};
  let section = '';
  for (const line of text.split(/\r?\n/)) {
    const [, header] = /^\s*\[([^\]]*)\]\s*$/.exec(line) ?? [];
    const [, key, value] = /^\s*([^#;=:\s][^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (header !== undefined) section = header;
    else if (section === 'mlflow' && key !== undefined) found[key.toLowerCase()] = value ?? '';
  }
  return found;
}

function orElse(first: string | undefined, second: string | undefined): string | undefined {
  return first === undefined || first === '' ? second : first;
}

function isOff(value: string | undefined): boolean {
  return value === undefined || /^(|0|false)$/i.test(value);
}
