import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'
import { workerData } from 'node:worker_threads'
import type { Config } from '../../config.ts'

/** Entry point of the sink's thread. It uses the main thread's compile cache. */
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/compile', import.meta.url)))
const { loadConfiguredExtension } = await import('../extensions/load-extension.ts')
await loadConfiguredExtension(workerData as Config)
await import('./run-sink-thread.ts')
