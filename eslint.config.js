import prettier from 'eslint-config-prettier'
import tseslint from 'typescript-eslint'

const FUNCTION_LINES_MAX = 70

/**
 * Limits for files with a longer function, rounded up. A limit may be lowered and a file may be removed; adding one
 * needs a reason.
 */
const LONGER_FUNCTIONS = {
  // All steps of the hot path share the encoder's flat arrays, and passing them on would cost time.
  'models/intent/score-intent.ts': 100,
  // A table of the gradients that TensorFlow.js lacks.
  'runtimes/tensorflow/gradients.ts': 140,
  // A measurement that reads from top to bottom.
  'bench/live-texts.ts': 160,
}

const maxLinesPerFunction = (max) => ['error', { max, skipBlankLines: true, skipComments: true }]

export default tseslint.config(
  { ignores: ['node_modules', '.scoreline', 'dashboard/dist', 'docs/.vitepress/{dist,.temp}', 'coverage'] },
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
  // Test bodies may be of any length.
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
