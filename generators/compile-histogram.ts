/** Compiles the inner loops of boosting: `node generators/compile-histogram.ts`. A test compares both. */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compiledHistogram } from './compiled-histogram.ts'

writeFileSync(
  fileURLToPath(new URL('../models/boosting/histogram-module.ts', import.meta.url)),
  await compiledHistogram(),
)
