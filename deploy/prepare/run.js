/** Helpers to run programs with a line of progress, and to stamp the input for which a step was done. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Root folder of the project. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

const PACKAGED_PROGRAMS = join('node_modules', '.bin')

/**
 * Returns the PATH without the programs of installed packages, which npm puts first: an install must not run on the
 * Node that it replaces.
 */
export const machinePath = () =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '' && !folder.endsWith(PACKAGED_PROGRAMS))
    .join(delimiter)

/** Returns the path of a program on the machine's PATH, or undefined. */
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

/** Shortens a long output to its beginning, which shows the error, and its end, which shows where it stopped. */
const shorten = (output) => {
  const lines = output.trim().split('\n')
  return (lines.length <= 40 ? lines : [...lines.slice(0, 20), '…', ...lines.slice(-20)]).join('\n')
}

/** Runs a program in the project's folder and returns its output; throws an error with the output if it fails. */
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

/** Runs a step; prints a line with its title and, at the end, the time it took. */
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

/** Returns the content of a file, or undefined if there is none. */
export const readIfThere = (path) => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

export const hashOf = (path) => createHash('sha256').update(readFileSync(path)).digest('hex')

/** Returns the modification time of a file in ms since 1970; 0 if there is none. */
export const changedAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
