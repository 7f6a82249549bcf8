import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { pythonPackages } from '../../deploy/python.ts'

const run = promisify(execFile)
const OUTPUT_BYTES_MAX = 64 * 2 ** 20

/**
 * Creates a Python environment for the benchmarks with the libraries to compare with, in the versions in `file`;
 * returns its interpreter.
 */
export async function preparePython(log: (line: string) => void, file = 'requirements.txt'): Promise<string> {
  const requirements = fileURLToPath(new URL(`./${file}`, import.meta.url))
  const name = basename(file, '.txt')
  const home = name === 'requirements' ? 'bench-python' : `bench-python-${name}`
  return join(await pythonPackages(home, requirements, log), 'python')
}

/** Runs a script of this folder on one thread; the last line that it prints is its answer, as JSON. */
export async function runPython<Answer>(
  python: string,
  script: string,
  job: object,
  directory: string,
): Promise<Answer> {
  const jobFile = join(directory, 'job.json')
  writeFileSync(jobFile, JSON.stringify(job))
  const file = fileURLToPath(new URL(script, import.meta.url))
  const { stdout } = await run(python, [file, jobFile], {
    maxBuffer: OUTPUT_BYTES_MAX,
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  })
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Answer
}

/** Writes numbers for Python to read; returns the file's name. */
export function writeNumbers(
  directory: string,
  name: string,
  numbers: Float32Array | Float64Array | Int32Array,
): string {
  const file = join(directory, name)
  writeFileSync(file, new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength))
  return file
}

export function readScores(file: string): Float64Array {
  const bytes = readFileSync(file)
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}
