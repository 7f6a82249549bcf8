import prettier from 'eslint-config-prettier'
import tseslint from 'typescript-eslint'

const FUNCTION_LINES_MAX = 70

/**
 * Files with a longer function, and how long it may be, rounded up. A number may go down and a file may leave the list;
 * nothing may be added without a reason.
 */
const LONGER_FUNCTIONS = {
  // The encoder's flat arrays are shared by all steps of the hot path: passing them costs.
  'models/intent/score-intent.ts': 100,
  // One registration for each gradient that TensorFlow.js lacks: a table.
  'runtimes/tensorflow/gradients.ts': 140,
  // A measurement, read from top to bottom.
  'bench/live-texts.ts': 160,
}

const maxLinesPerFunction = (max) => ['error', { max, skipBlankLines: true, skipComments: true }]

export default tseslint.config(
  { ignores: ['node_modules', '.scoreline', 'dashboard/dist', 'coverage'] },
  ...tseslint.configs.recommended,
  prettier,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'max-lines': ['error', { max: 400 }],
      eqeqeq: 'error',
    },
  },
  // Bodies of tests are as long as what they tell.
  {
    files: ['**/*.ts', '**/*.tsx'],
    ignores: ['tests/**'],
    rules: { 'max-lines-per-function': maxLinesPerFunction(FUNCTION_LINES_MAX) },
  },
  ...Object.entries(LONGER_FUNCTIONS).map(([file, max]) => ({
    files: [file],
    rules: { 'max-lines-per-function': maxLinesPerFunction(max) },
  })),
  // Generated: schemas as they were released, and the types of the API.
  { files: ['schemas/release/released.ts', 'dashboard/src/api-types.ts'], rules: { 'max-lines': 'off' } },
  {
    files: ['dashboard/**'],
    languageOptions: { parserOptions: { projectService: false } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-misused-promises': 'off',
      '@typescript-eslint/await-thenable': 'off',
    },
  },
)
