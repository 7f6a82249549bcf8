import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

/** Where a stream thread begins: it reads what the main thread has compiled. */
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/compile', import.meta.url)))
await import('./run-stream-thread.ts')
