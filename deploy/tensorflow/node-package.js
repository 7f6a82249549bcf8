/** The package of the binding, without its install script. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readIfThere, root, run } from '../prepare/run.js'

const NAME = '@tensorflow/tfjs-node'

/** Installation folder of the package. */
export const packageFolder = join(root, 'node_modules', NAME)

/** All parts of TensorFlow.js must have the same version. */
const version = () => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).dependencies['@tensorflow/tfjs-core']

const installedVersion = () => JSON.parse(readIfThere(join(packageFolder, 'package.json')) ?? '{}').version

export const nodePackage = {
  title: `installing ${NAME}`,
  needs: ['npm'],
  isDone: () => existsSync(packageFolder) && installedVersion() === version(),
  run: async () => {
    await run('npm', [
      'install',
      '--no-save',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      `${NAME}@${version()}`,
    ])
  },
}
