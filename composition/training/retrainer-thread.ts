import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'
import { workerData } from 'node:worker_threads'
import type { Config } from '../../config.ts'
import { takeLowestPriority } from '../../retrainer/training/lowest-priority.ts'

/** Entry point of the retrainer's thread. It uses the main thread's compile cache. */
takeLowestPriority()
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/compile', import.meta.url)))
const { loadConfiguredExtension } = await import('../extensions/load-extension.ts')
await loadConfiguredExtension(workerData as Config)
await import('./run-retrainer-thread.ts')
