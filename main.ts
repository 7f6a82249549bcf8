import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// Without the cache, half of the start-up would go into reading and compiling unchanged files.
enableCompileCache(fileURLToPath(new URL('./node_modules/.cache/compile', import.meta.url)))
await import('./commands/program.ts')
