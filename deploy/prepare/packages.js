/** The packages of package-lock.json, Node itself among them. */
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { changedAt, hashOf, readIfThere, root, run } from './run.js'

const lock = join(root, 'package-lock.json')
const stamp = join(root, 'node_modules', '.scoreline-lock-hash')
/** npm writes this one last, so that an install cut short is not taken for a whole one. */
const npmsOwnStamp = join(root, 'node_modules', '.package-lock.json')
const node = join(root, 'node_modules', '.bin', 'node')

export const packages = {
  title: 'installing the packages',
  needs: ['npm'],
  isDone: () => {
    if (!existsSync(npmsOwnStamp) || !existsSync(node)) return false
    // The second applies to a manual `npm install`.
    return readIfThere(stamp) === hashOf(lock) || changedAt(npmsOwnStamp) >= changedAt(lock)
  },
  run: async () => {
    // Its CPU binaries come with the package; what its install script would fetch is for GPUs, from outside the
    // registry.
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
