import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'
import { workerData } from 'node:worker_threads'
import type { StreamThreadData } from './stream-thread-data.ts'

/** Entry point of a stream thread. It uses the main thread's compile cache. */
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/compile', import.meta.url)))
const { loadConfiguredExtension } = await import('../extensions/load-extension.ts')
await loadConfiguredExtension((workerData as StreamThreadData).config)
await import('./run-stream-thread.ts')
