/** Running a program with a line of progress, and stamps that say for which input a step was done. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the project. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

const PACKAGED_PROGRAMS = join('node_modules', '.bin')

/**
 * The PATH without the programs of installed packages, which npm puts first: an install must not run on the Node that
 * it replaces.
 */
export const machinePath = () =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '' && !folder.endsWith(PACKAGED_PROGRAMS))
    .join(delimiter)

/** Where a program is on the machine's PATH, or undefined. */
export const findProgram = (name) =>
  machinePath()
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK)
        return statSync(path).isFile()
      } catch {
        return false
      }
    })

/** A long output's beginning, which says what is wrong, and its end, which says where it stopped. */
const shorten = (output) => {
  const lines = output.trim().split('\n')
  return (lines.length <= 40 ? lines : [...lines.slice(0, 20), '…', ...lines.slice(-20)]).join('\n')
}

/** Runs a program in the project's folder and returns what it printed; throws with it where the program fails. */
export const run = (command, commandArguments, environment = {}) =>
  new Promise((resolve, reject) => {
    const env = { ...process.env, PATH: machinePath(), ...environment }
    const child = spawn(command, commandArguments, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const collect = (chunk) => (output += chunk)
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (code === 0) return resolve(output)
      reject(
        new Error(
          `"${[command, ...commandArguments].join(' ')}" failed (${signal ?? `exit ${code}`}):\n${shorten(output)}`,
        ),
      )
    })
  })

/** Runs a step with a line that says what is being done and, at its end, how long it took. */
export const showStep = async (step) => {
  const began = Date.now()
  const seconds = () => `${Math.round((Date.now() - began) / 1000)} s`
  const live = process.stderr.isTTY
  process.stderr.write(`scoreline: ${step.title} …${live ? '' : '\n'}`)
  const timer = live
    ? setInterval(() => process.stderr.write(`\rscoreline: ${step.title} … ${seconds()}`), 1000)
    : undefined
  try {
    const note = await step.run()
    process.stderr.write(`${live ? '\r' : ''}scoreline: ${step.title} … ${note ?? `done in ${seconds()}`}\n`)
  } finally {
    clearInterval(timer)
  }
}

/** The content of a file, or undefined if there is none. */
export const readIfThere = (path) => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

export const hashOf = (path) => createHash('sha256').update(readFileSync(path)).digest('hex')

/** When a file was changed last, in ms since 1970; 0 where there is none. */
export const changedAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
