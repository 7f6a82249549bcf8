#!/usr/bin/env node
/**
 * `npm run watch`: checks the types and runs the tests of changed files again whenever a file is saved. Arguments are
 * passed to jest. Ends both programs when it is interrupted, or when one of them ends.
 */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const jestFlags = ['--disable-warning=ExperimentalWarning', '--experimental-vm-modules']

/** Jest keeps the keyboard; `tsc` prints below it without clearing its output. */
const programs = [
  ['node_modules/typescript/bin/tsc', '--watch', '--preserveWatchOutput'],
  [...jestFlags, 'node_modules/jest/bin/jest.js', '--watch', ...process.argv.slice(2)],
]

const children = programs.map((programArguments, at) =>
  spawn(process.execPath, programArguments, {
    cwd: root,
    stdio: [at === 1 ? 'inherit' : 'ignore', 'inherit', 'inherit'],
  }),
)

const end = () => children.forEach((child) => child.kill('SIGTERM'))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end)
for (const child of children) {
  child.once('exit', (code) => {
    process.exitCode ||= code ?? 0
    end()
  })
}
