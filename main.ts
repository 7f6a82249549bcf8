import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// Half of a start would be reading and compiling what has not changed since the last one.
enableCompileCache(fileURLToPath(new URL('./node_modules/.cache/compile', import.meta.url)))
await import('./commands/program.ts')
