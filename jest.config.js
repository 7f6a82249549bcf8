/** Native ESM: the platform's main dependencies no longer ship CommonJS builds. */
export default {
  // Based on jest-environment-node-single-context: ONNX Runtime and others need tests to share Node's own Float32Array.
  runtime: '<rootDir>/tests/support/runtime.js',
  testEnvironment: '<rootDir>/tests/support/file-environment.js',
  testMatch: ['<rootDir>/tests/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/.scoreline/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  globalSetup: '<rootDir>/tests/support/global-setup.js',
  globalTeardown: '<rootDir>/tests/support/global-teardown.js',
  testSequencer: '<rootDir>/tests/support/slowest-first.js',
  reporters: ['default', '<rootDir>/tests/support/closing-line-reporter.js'],
  testTimeout: 60_000,
  // One more than the cores of the smallest machine: the longest files mostly wait for brokers they have killed.
  maxWorkers: 3,
  // A finished worker frees a heap of a gigabyte, which may take longer than the default of 500 ms.
  workerGracefulExitTimeout: 10_000,
}
