import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

/** Entry point of the sink's thread. It uses the main thread's compile cache. */
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/compile', import.meta.url)))
await (await import('../extensions/load-extension.ts')).loadConfiguredExtension()
await import('./run-sink-thread.ts')
