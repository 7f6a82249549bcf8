import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

/** Runs SB-S on the engine as a process: `node bench/sb-s/job.ts`, with the environment variables of `run-job.ts`. */
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/compile', import.meta.url)))
await import('./run-job.ts')
