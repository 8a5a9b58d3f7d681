import { execFile } from 'node:child_process';
import { constants, existsSync } from 'node:fs';
import { appendFile, copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SluiceError } from '../../../errors/sluice-error.ts';
import { messageOf } from '../../../util/error-code.ts';
import { DATABASE_URI, databasePath, logPath } from './server-state.ts';
import { isUnfinished } from './unfinished-database.ts';

const run = promisify(execFile);

/** A large database takes its time. */
const UPGRADE_MS = 600_000;

/** Holds the release of the last server that worked on the database. */
const versionPath = (folder: string): string => join(folder, 'mlflow-version.txt');

export interface UpgradeOptions {
  readonly python: string;
  readonly folder: string;
  readonly warn?: (message: string) => void;
}

/**
 * Prepares the database of another release of MLflow: a copy first, then MLflow's own migration. A server would refuse an older one, or, where
 * whole tables are missing, change it without a copy. To be called before a server is started, while none runs.
 * @throws SluiceError MLFLOW_START where the migration fails; the copy is there
 */
export async function upgradeDatabase({ python, folder, warn }: UpgradeOptions): Promise<void> {
  const database = databasePath(folder);
  if (!existsSync(database) || isUnfinished(folder)) return;
  const installed = await installedVersion(python);
  const last = (await readFile(versionPath(folder), 'utf8').catch(() => '')).trim();
  if (installed === undefined || installed === last) return;
  const copy = await copyDatabase(database, installed);
  try {
    await run(python, ['-m', 'mlflow', 'db', 'upgrade', DATABASE_URI], { cwd: folder, timeout: UPGRADE_MS, env: quiet() });
  } catch (error) {
    await appendFile(logPath(folder), `mlflow db upgrade: ${messageOf(error)}\n`);
    throw new SluiceError(
      'MLFLOW_START',
      `MLflow ${installed} cannot use the database ${database}, which ${made(last)}: ${lastLine(messageOf(error))}`,
      {
        hint: `As it was, it is ${copy}. Put that back and install the MLflow that made it, or move it away to start with an empty one. The whole log is ${logPath(folder)}.`,
        cause: error,
        data: { database, copy, installed, last },
      },
    );
  }
  warn?.(`the MLflow database, which ${made(last)}, is now one of ${installed}; as it was: ${copy}`);
}

/** To be called once a server answers. */
export async function noteVersion(folder: string, version: string | null): Promise<void> {
  if (version !== null) await writeFile(versionPath(folder), `${version}\n`);
}

function made(last: string): string {
  return last === '' ? 'another release made' : `MLflow ${last} made`;
}

async function installedVersion(python: string): Promise<string | undefined> {
  const asked = await run(python, ['-c', 'from importlib.metadata import version; print(version("mlflow"))'], { timeout: 30_000 }).catch(
    () => undefined,
  );
  const version = asked?.stdout.trim() ?? '';
  return version === '' ? undefined : version;
}

/** With what sqlite left beside it; an older copy stays. */
async function copyDatabase(database: string, installed: string): Promise<string> {
  let copy = `${database}.before-${installed}`;
  for (let number = 2; existsSync(copy); number++) copy = `${database}.before-${installed}-${number}`;
  for (const suffix of ['', '-journal', '-wal'])
    if (existsSync(database + suffix)) await copyFile(database + suffix, copy + suffix, constants.COPYFILE_FICLONE);
  return copy;
}

/** Without the variables that name another server. */
function quiet(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^_?MLFLOW_/.test(name));
  return { ...Object.fromEntries(kept), MLFLOW_DISABLE_TELEMETRY: 'true', DO_NOT_TRACK: 'true' };
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1)?.slice(0, 400) ?? '';
}
