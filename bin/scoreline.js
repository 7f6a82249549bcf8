#!/usr/bin/env node
// The `scoreline` command: runs the program on the Node that the project brings, whatever Node the machine has.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
/** A package holds JavaScript: Node does not strip types below node_modules. */
const program = ['main.ts', 'main.js'].map((name) => join(root, name)).find(existsSync)

/** Packages may lie beside this one as well as in it. */
function findNode() {
  try {
    const node = join(dirname(createRequire(program).resolve('node/package.json')), 'bin', 'node')
    return existsSync(node) ? node : undefined
  } catch {
    return undefined
  }
}

const node = findNode()
if (node === undefined) {
  console.error(
    program.endsWith('.ts')
      ? `scoreline: its packages are not installed yet: run "npm start" in ${root} first`
      : 'scoreline: npm did not run the install script of the package "node": install it again with scripts allowed (npm config get ignore-scripts)',
  )
  process.exit(1)
}

// What a clone's `npm start` prepares.
const isHelp = process.argv.some((word) => word === '--help' || word === '-h')
if (program.endsWith('.js') && process.argv[2] === 'up' && !isHelp) await import('../deploy/prepare.js')

// Bytes from and for the broker are short-lived. With much less room the collector copies what open transactions still
// hold, a fifth of the processors' time; left to itself, V8 lets twice as many lie, and is no faster for it.
const memory = '--max-semi-space-size=32'
const child = spawn(node, [memory, program, ...process.argv.slice(2)], { stdio: 'inherit' })
// A Ctrl-C reaches the child through the terminal's process group; a signal sent to this process alone is passed on.
process.on('SIGINT', () => {})
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
