/** The packages of package-lock.json, including Node itself. */
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { changedAt, hashOf, readIfThere, root, run } from './run.js'

const lock = join(root, 'package-lock.json')
const stamp = join(root, 'node_modules', '.scoreline-lock-hash')
/** npm writes this file last, so that an interrupted install does not count as complete. */
const npmsOwnStamp = join(root, 'node_modules', '.package-lock.json')
const node = join(root, 'node_modules', '.bin', 'node')

export const packages = {
  title: 'installing the packages',
  needs: ['npm'],
  isDone: () => {
    if (!existsSync(npmsOwnStamp) || !existsSync(node)) return false
    // The second condition covers a manual `npm install`.
    return readIfThere(stamp) === hashOf(lock) || changedAt(npmsOwnStamp) >= changedAt(lock)
  },
  run: async () => {
    // The CPU binaries come with the package; its install script would fetch those for GPUs, from outside the registry.
    const environment = { ONNXRUNTIME_NODE_INSTALL: 'skip' }
    await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], environment)
    if (!existsSync(node)) {
      throw new Error(
        'npm did not run the install script of the package "node": allow install scripts (npm config get ignore-scripts)',
      )
    }
    writeFileSync(stamp, hashOf(lock))
  },
}
