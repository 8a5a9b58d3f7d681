import { availableParallelism } from 'node:os';

/** One project: sources beside their tests, slow suites under tests/. ESM needs NODE_OPTIONS=--experimental-vm-modules. */
export default {
  rootDir: import.meta.dirname,
  roots: ['<rootDir>/pipeline', '<rootDir>/stages', '<rootDir>/serving', '<rootDir>/experiments', '<rootDir>/tests', '<rootDir>/scripts'],
  testMatch: ['**/*.test.ts'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } }],
    '\\.sql$': '<rootDir>/scripts/jest-sql-transform.cjs',
  },
  // Slow suites wait for child processes more than they compute: two at once suit two cores.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  // A hang ends some day; a slow machine is no reason to fail.
  testTimeout: 240_000,
};
