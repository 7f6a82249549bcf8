/** libtensorflow with its headers, from a Python wheel. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from '../prepare/run.js'

/** The last version with the C API for which the binding was written. */
const VERSION = '2.12.1'

/** Wheels are built per Python version; any will do, as only the library is used. */
const WHEEL = ['--python-version', '3.11', '--platform', 'manylinux_2_17_x86_64']

/**
 * Contains `lib` and `include`. Outside of node_modules, so that a fresh install of the packages need not fetch it
 * again.
 */
export const libraryFolder = join(root, '.scoreline', `libtensorflow-${VERSION}`)

const unpack = join(root, 'deploy', 'tensorflow', 'unpack-wheel.py')

export const library = {
  title: 'fetching libtensorflow (about 230 MB)',
  needs: ['python3'],
  isDone: () => existsSync(libraryFolder),
  run: async () => {
    const unfinished = `${libraryFolder}.unfinished`
    rmSync(unfinished, { recursive: true, force: true })
    mkdirSync(unfinished, { recursive: true })
    const what = ['--quiet', '--no-deps', '--only-binary=:all:', ...WHEEL, `tensorflow-cpu==${VERSION}`]
    await run('python3', ['-m', 'pip', 'download', ...what, '--dest', unfinished])
    const wheel = join(
      unfinished,
      readdirSync(unfinished).find((name) => name.endsWith('.whl')),
    )
    await run('python3', [unpack, wheel, unfinished])
    rmSync(wheel)
    for (const name of ['libtensorflow', 'libtensorflow_framework']) {
      const file = name === 'libtensorflow' ? 'libtensorflow_cc.so.2' : `${name}.so.2`
      // The linker looks for the name without a version.
      symlinkSync(file, join(unfinished, 'lib', `${name}.so`))
    }
    rmSync(libraryFolder, { recursive: true, force: true })
    renameSync(unfinished, libraryFolder)
  },
}
