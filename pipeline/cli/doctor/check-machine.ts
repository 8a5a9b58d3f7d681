import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Project } from '../../execute/project/project.ts';
import { INSTALLED, Lockfile } from '../../fingerprint/lockfile.ts';
import { StatCache } from '../../fingerprint/stat-cache.ts';
import { messageOf } from '../../util/error-code.ts';
import { formatBytes } from '../../util/format.ts';
import { bad, type Check, good, note } from './check.ts';

const LEAST_NODE = [20, 19] as const;
/** A default run writes less than this many bytes. */
const LEAST_DISK = 2 * 1024 ** 3;

export function checkNode(version = process.versions.node): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const recent = major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]);
  return recent
    ? good('Node', version)
    : bad(
        'Node',
        `${version}, but Sluice needs ${LEAST_NODE.join('.')} or newer`,
        'Install one from https://nodejs.org, or run: nvm install 22',
      );
}

/** The npm packages that the project's package.json names. */
export async function checkPackages(project: Project): Promise<Check> {
  const file = join(project.dir, 'package.json');
  if (!existsSync(file)) return bad('npm packages', `no package.json in ${project.dir}`, 'Run this inside a project.');
  const { dependencies } = JSON.parse(readFileSync(file, 'utf8')) as { dependencies?: Record<string, string> | null };
  const names = Object.keys(dependencies ?? {});
  const missing = names.filter((name) => !isInstalled(name, project.dir));
  if (missing.length > 0) return bad('npm packages', `missing: ${missing.join(', ')}`, 'Run: npm ci');
  try {
    const others = await otherVersions(project, names);
    return others.length === 0
      ? good('npm packages', `${names.length} installed`)
      : note(
          'npm packages',
          `not what the lockfile says: ${others.slice(0, 3).join(', ')}${others.length > 3 ? ', …' : ''}`,
          'Run: npm ci',
        );
  } catch (error) {
    return bad('npm packages', messageOf(error), 'Mend it, or have npm write it anew: npm install');
  }
}

/** `zod 4.0.0 (4.1.0 is locked)` for each package, reached by those named, that is installed in another version than is locked. */
async function otherVersions(project: Project, names: readonly string[]): Promise<readonly string[]> {
  const [lockfile, stats] = [await Lockfile.open(project.dir), await StatCache.open(join(project.cacheDir, 'stat-cache.json'))];
  const trees = await Promise.all(names.map(async (name) => lockfile.subtree(name, stats)));
  const versions = Object.assign({}, ...trees.map((tree) => tree.versions)) as Record<string, string>;
  return Object.entries(versions).flatMap(([place, version]) => {
    const locked = place.replace(INSTALLED, '');
    return place === locked ? [] : [`${locked.split('node_modules/').at(-1) ?? locked} ${version} (${versions[locked] ?? '?'} is locked)`];
  });
}

function isInstalled(name: string, dir: string): boolean {
  if (existsSync(join(dir, 'node_modules', name, 'package.json'))) return true;
  return dirname(dir) !== dir && isInstalled(name, dirname(dir));
}

export async function checkArtifacts(project: Project): Promise<Check> {
  const probe = join(project.artifactsDir, `.doctor-${process.pid}`);
  try {
    await mkdir(project.artifactsDir, { recursive: true });
    await writeFile(probe, '');
    await rm(probe);
    return good('artifacts folder', `${project.artifactsDir} can be written`);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return bad(
      'artifacts folder',
      `${project.artifactsDir} cannot be written (${code})`,
      `Run: chmod -R u+w ${project.artifactsDir}, or point SLUICE_ARTIFACTS at a folder that can be written.`,
    );
  }
}

export function checkDisk(project: Project): Check {
  const { bavail, bsize } = statfsSync(existsSync(project.artifactsDir) ? project.artifactsDir : project.dir);
  const free = bavail * bsize;
  const found = `${formatBytes(free)} free`;
  return free >= LEAST_DISK
    ? good('disk', found)
    : note('disk', `${found}, less than ${formatBytes(LEAST_DISK)}`, 'Free some space, or point SLUICE_ARTIFACTS at another disk.');
}
