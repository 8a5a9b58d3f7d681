import { describe, expect, test } from '@jest/globals';
import { digestOf, digestOfJson } from '../fingerprint/digest.ts';
import type { Manifest } from './manifest.ts';
import { manifestText, parseManifest } from './manifest-text.ts';

const digest = digestOf('x');
const manifest: Manifest = {
  schema: 1,
  stage: 'check',
  fingerprint: digest,
  parts: {
    code: { bundle: digest, outputs: digest },
    deps: {},
    native: {},
    params: { 'params.check.limit': 1 },
    env: {},
    inputs: { total: digest },
    runtime: { node: '20', platform: null },
  },
  sources: { 'stages/é.ts': digest },
  outputs: {
    verdict: { kind: 'json', mediaType: 'application/json', extension: '.json', digest, bytes: 9, schemaDigest: digestOfJson({}) },
  },
  gate: { verdict: 'rejected', rules: [{ rule: 'limit', passed: false, value: 12, limit: 1, reason: 'total 12' }] },
  run: '01RUN',
  finishedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 5,
};

describe('the text of a record', () => {
  test('comes back as it was', () => {
    expect(parseManifest(manifestText(manifest), 'check')).toEqual(manifest);
    expect(JSON.parse(manifestText(manifest))).toMatchObject(manifest);
  });

  test('with any one bit flipped is no record, or says the same', () => {
    const bytes = Buffer.from(manifestText(manifest));
    for (let at = 0; at < bytes.length; at += 1) {
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(flipped.readUInt8(at) ^ (1 << (at % 8)), at);
      expect([null, JSON.stringify(manifest)]).toContain(read(flipped.toString('utf8')));
    }
  });

  test('of an older Sluice has no seal and is read; of another stage it is not', () => {
    expect(parseManifest(JSON.stringify(manifest, null, 1), 'check')).toEqual(manifest);
    expect(() => parseManifest(manifestText(manifest), 'train')).toThrow('not a record of train');
  });
});

/** What a reader gets, less a seal that lost its name and so seals nothing. */
function read(text: string): string | null {
  try {
    const { seal: _seal, ...found } = parseManifest(text, 'check') as Manifest & { seal?: string };
    const known = Object.fromEntries(Object.entries(found).filter(([key]) => key in manifest));
    return JSON.stringify(known);
  } catch {
    return null;
  }
}
