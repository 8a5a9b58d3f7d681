import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Project } from '../../execute/project.ts';
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
export function checkPackages(project: Project): Check {
  const file = join(project.dir, 'package.json');
  if (!existsSync(file)) return bad('npm packages', `no package.json in ${project.dir}`, 'Run this inside a project.');
  const { dependencies = {} } = JSON.parse(readFileSync(file, 'utf8')) as { dependencies?: Record<string, string> };
  const names = Object.keys(dependencies);
  const missing = names.filter((name) => !isInstalled(name, project.dir));
  return missing.length === 0
    ? good('npm packages', `${names.length} installed`)
    : bad('npm packages', `missing: ${missing.join(', ')}`, 'Run: npm ci');
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
