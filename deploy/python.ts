import { execFile } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { withLock } from './prepare/lock.js'

const run = promisify(execFile)
const cache = fileURLToPath(new URL('../node_modules/.cache', import.meta.url))

/**
 * Creates a Python environment of that name with the packages of a requirements file, unless it is there already;
 * returns the folder of its programs. Processes that want it at once wait for one another. Needs `python3` with its
 * module `venv`.
 */
export async function pythonPackages(name: string, requirements: string, log: (line: string) => void): Promise<string> {
  const home = join(cache, name)
  const programs = join(home, 'bin')
  const note = join(home, 'requirements.txt')
  const wanted = readFileSync(requirements, 'utf8')
  const isThere = () => existsSync(note) && readFileSync(note, 'utf8') === wanted
  if (isThere()) return programs
  await withLock(async () => {
    // Another process may have installed them while this one waited.
    if (isThere()) return
    log(`Installing the packages of ${requirements} …`)
    await run('python3', ['-m', 'venv', home])
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]
    await run(join(programs, 'python'), pip)
    writeFileSync(note, wanted)
  })
  return programs
}
