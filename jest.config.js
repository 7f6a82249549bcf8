/** Native ESM: the packages that the platform stands on have no CommonJS builds any more. */
export default {
  testEnvironment: 'jest-environment-node-single-context',
  testMatch: ['<rootDir>/tests/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/.scoreline/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } }],
  },
  testTimeout: 60_000,
  maxWorkers: 2,
}
