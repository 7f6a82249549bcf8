/** Compiles the binding between Node and libtensorflow. */
import { existsSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findProgram, run } from '../prepare/run.js'
import { libraryFolder } from './library.js'
import { packageFolder } from './node-package.js'

/** The newest Node-API version that the package supports; every Node in use has it. */
const NODE_API = 8

const folder = join(packageFolder, 'lib', `napi-v${NODE_API}`)
const built = join(folder, 'tfjs_binding.node')

/** Returns the folder of an installed Node with the Node-API headers; without them, node-gyp would fetch some. */
const nodeHeaders = () =>
  [dirname(dirname(realpathSync(findProgram('node')))), '/usr', '/usr/local'].find((place) =>
    existsSync(join(place, 'include', 'node', 'node_api.h')),
  )

/** Returns the command of node-gyp, preferably npm's own copy. */
const nodeGyp = async () => {
  const packages = (await run('npm', ['root', '--global'])).trim()
  const path = join(packages, 'npm', 'node_modules', 'node-gyp', 'bin', 'node-gyp.js')
  if (existsSync(path)) return ['node', path]
  const program = findProgram('node-gyp')
  if (program === undefined) throw new Error(`node-gyp is neither in npm (${path}) nor on the PATH`)
  return [program]
}

export const binding = {
  title: 'building the binding to libtensorflow',
  needs: ['npm', 'node', 'python3', 'make', 'g++'],
  isDone: () => existsSync(built),
  run: async () => {
    for (const name of ['deps', 'lib', 'build']) rmSync(join(packageFolder, name), { recursive: true, force: true })
    symlinkSync(libraryFolder, join(packageFolder, 'deps'))
    const headers = nodeHeaders()
    if (headers === undefined)
      throw new Error("the headers of Node are not there (include/node/node_api.h beside Node's own folder)")
    const [program, ...first] = await nodeGyp()
    // The settings of the package's own build tool.
    const settings = {
      nodedir: headers,
      module: built,
      module_name: 'tfjs_binding',
      module_path: folder,
      napi_version: NODE_API,
      napi_build_version: NODE_API,
      node_napi_label: `napi-v${NODE_API}`,
    }
    const flags = Object.entries(settings).map(([name, value]) => `--${name}=${value}`)
    await run(program, [...first, 'rebuild', `--directory=${packageFolder}`, ...flags])
  },
}
