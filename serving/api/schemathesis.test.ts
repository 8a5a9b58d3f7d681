import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { expect, test } from '@jest/globals';
import { openWorldApp } from './testing/open-world-app.ts';

/** `pip install schemathesis` into a venv of your own, and name its program: SLUICE_SCHEMATHESIS=/tmp/st/bin/schemathesis. */
const program = process.env['SLUICE_SCHEMATHESIS'] ?? '';
/** Made-up requests a route. */
const EXAMPLES = process.env['SLUICE_SCHEMATHESIS_EXAMPLES'] ?? '10';
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
  'missing_required_header',
  'unsupported_method',
  'use_after_free',
  'ignored_auth',
];
/** Requests by themselves, at the edges of what the contract allows and beyond, and chains of them, each made of what the one before answered. */
const PHASES = 'examples,coverage,fuzzing,stateful';

const name = program === '' ? 'schemathesis (skipped: SLUICE_SCHEMATHESIS names none)' : 'schemathesis';
(program === '' ? test.skip : test)(
  `${name}: no made-up request gets a 5xx, another status, type or schema than the contract has, or an answer without a key`,
  async () => {
    await using app = await openWorldApp({ bodyLimit: 2 ** 22 });
    const dir = await mkdtemp(join(tmpdir(), 'sluice-schemathesis-'));
    const key = ['-H', `Authorization: Bearer ${app.keys.admin}`];
    const how = ['--checks', CHECKS.join(','), '--phases', PHASES, '--max-examples', EXAMPLES, '--no-shrink', '--seed', '1', '--no-color'];
    const child = spawn(program, ['run', `${app.address}/v1/openapi.json`, ...key, ...how], {
      cwd: dir,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [code]: unknown[] = await once(child, 'close');
    await rm(dir, { recursive: true, force: true });
    expect([code, code === 0 ? '' : said.slice(-8000)]).toEqual([0, '']);
  },
  1_800_000,
);
