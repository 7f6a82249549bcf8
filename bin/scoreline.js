#!/usr/bin/env node
// The `scoreline` command: runs main.ts on the Node that the project brings, whatever Node the machine has.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const node = join(root, 'node_modules/.bin/node')
if (!existsSync(node)) {
  console.error(`scoreline: its packages are not installed yet: run "npm start" in ${root} first`)
  process.exit(1)
}

// Bytes from and for the broker are short-lived. With much less room the collector copies what open transactions still
// hold, a fifth of the processors' time; left to itself, V8 lets twice as many lie, and is no faster for it.
const memory = '--max-semi-space-size=32'
const child = spawn(node, [memory, join(root, 'main.ts'), ...process.argv.slice(2)], { stdio: 'inherit' })
// A Ctrl-C reaches the child through the terminal's process group; a signal sent to this process alone is passed on.
process.on('SIGINT', () => {})
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
