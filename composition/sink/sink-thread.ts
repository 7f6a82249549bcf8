import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

/** Where the sink's thread begins: it reads what the main thread has compiled. */
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/compile', import.meta.url)))
await import('./run-sink-thread.ts')
