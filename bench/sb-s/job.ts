import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

/** SB-S on the engine, as a process: `node bench/sb-s/job.ts`, with what `run-job.ts` reads from the environment. */
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/compile', import.meta.url)))
await import('./run-job.ts')
