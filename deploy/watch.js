#!/usr/bin/env node
/**
 * `npm run watch`: the types, and the tests of what is changed, again with each file that is saved.
 * Arguments go to jest. Ends both when it is interrupted, or when one of them ends.
 */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const jestFlags = ['--disable-warning=ExperimentalWarning', '--experimental-vm-modules']

/** Jest keeps the keyboard; `tsc` writes below it and leaves what jest has shown. */
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
