import { chmod, chown, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { numberStages } from '../../pipeline/testing/number-stages.ts';
import { buildCli, startCli } from '../../pipeline/testing/real-cli.ts';
import { TempProject } from '../../pipeline/testing/temp-project.ts';

/** Permissions do not bind root: there the command line runs as nobody. */
const NOBODY = 65_534;
const uid = process.getuid?.() === 0 ? NOBODY : undefined;

beforeAll(buildCli);

describe('an artifacts folder that cannot be written', () => {
  test('is named with the fix, and nothing runs', async () => {
    await using project = await TempProject.create({
      ...numberStages,
      'package.json': '{"type":"module","sideEffects":false,"sluice":{"config":"configs/numbers.yaml"}}',
      'configs/numbers.yaml': 'version: 1\n',
    });
    await chmod(project.dir, 0o755);
    await mkdir(join(project.dir, 'artifacts'));
    await mkdir(join(project.dir, '.sluice'));
    if (uid !== undefined) await chown(join(project.dir, '.sluice'), uid, uid);
    await chmod(join(project.dir, 'artifacts'), 0o555);
    const { code, stderr } = await startCli(project.dir, ['run'], {}, uid).ended;
    expect(code).toBe(1);
    expect(stderr).toContain('STORE_READ_ONLY');
    expect(stderr).toMatch(/cannot write .*artifacts: permission denied/);
    expect(stderr).toContain('Make the artifacts folder writable, or point SLUICE_ARTIFACTS at a folder that is.');
    expect(stderr).not.toContain('executed');
  });
});
