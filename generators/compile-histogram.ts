/**
 * Compiles the inner loops of boosting. Run as `node generators/compile-histogram.ts`; a test compares the result with
 * the source.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compiledHistogram } from './compiled-histogram.ts'

writeFileSync(
  fileURLToPath(new URL('../models/boosting/histogram-module.ts', import.meta.url)),
  await compiledHistogram(),
)
