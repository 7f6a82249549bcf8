/**
 * Runs setup-tensorflow.js in a copy of the project whose npm, python3 and node are small scripts that record how they
 * were called.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeTemporaryDirectory } from '../support/test-services.ts'

const PROJECT = join(import.meta.dirname, '../..')

const NPM = `
case "$1" in
  install) mkdir -p node_modules/@tensorflow/tfjs-node && echo '{"version":"4.22.0"}' > node_modules/@tensorflow/tfjs-node/package.json ;;
  root) echo "$PWD/global" ;;
esac`

const PYTHON = `
for argument in "$@"; do folder="$argument"; done
case "$1" in
  -m) touch "$folder/tensorflow.whl" ;;
  *) mkdir -p "$folder/lib" "$folder/include" ;;
esac`

const NODE = `mkdir -p node_modules/@tensorflow/tfjs-node/lib/napi-v8 && touch node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node`

const onLinux = process.platform === 'linux' && process.arch === 'x64' ? describe : describe.skip

onLinux('setting native TensorFlow up', () => {
  let root: string
  const inRoot = (...path: string[]): string => join(root, ...path)

  const program = (path: string, script: string): void => {
    writeFileSync(inRoot(path), `#!/bin/sh\necho "${path} $1 $2" >> "${inRoot('calls')}"\n${script}\n`)
    chmodSync(inRoot(path), 0o755)
  }

  const takeCalls = (): string[] => {
    const calls = existsSync(inRoot('calls')) ? readFileSync(inRoot('calls'), 'utf8').trim().split('\n') : []
    rmSync(inRoot('calls'), { force: true })
    return calls.map((call) => call.replaceAll(root, ''))
  }

  const setUp = (): { readonly code: number | null; readonly said: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [inRoot('deploy/setup-tensorflow.js')], {
      env: { PATH: inRoot('bin') },
      encoding: 'utf8',
    })
    return { code: status, said: stdout + stderr }
  }

  beforeEach(() => {
    root = makeTemporaryDirectory('setup-tensorflow-test')
    for (const folder of ['bin', 'deploy', 'node_modules/.bin', 'include/node', 'global/npm/node_modules/node-gyp/bin'])
      mkdirSync(inRoot(folder), { recursive: true })
    for (const path of ['setup-tensorflow.js', 'kits.js', 'tensorflow', 'prepare'])
      cpSync(join(PROJECT, 'deploy', path), inRoot('deploy', path), { recursive: true })
    writeFileSync(inRoot('package.json'), '{"type":"module","dependencies":{"@tensorflow/tfjs-core":"4.22.0"}}')
    for (const path of ['include/node/node_api.h', 'global/npm/node_modules/node-gyp/bin/node-gyp.js'])
      writeFileSync(inRoot(path), '')
    for (const tool of ['mkdir', 'touch']) symlinkSync(join('/bin', tool), inRoot('bin', tool))
    program('bin/npm', NPM)
    program('bin/python3', PYTHON)
    program('bin/node', NODE)
    program('bin/make', '')
    program('bin/g++', '')
    program('node_modules/.bin/node', '')
  })

  afterEach(() => rmSync(root, { recursive: true, force: true }))

  test('installs the package, fetches the library, builds the binding and tries it', () => {
    expect(setUp()).toMatchObject({ code: 0 })
    expect(takeCalls()).toEqual([
      'bin/npm install --no-save',
      'bin/python3 -m pip',
      'bin/python3 /deploy/tensorflow/unpack-wheel.py /.scoreline/libtensorflow-2.12.1.unfinished/tensorflow.whl',
      'bin/npm root --global',
      'bin/node /global/npm/node_modules/node-gyp/bin/node-gyp.js rebuild',
      'node_modules/.bin/node --input-type=module --eval',
    ])
    expect(existsSync(inRoot('node_modules/@tensorflow/tfjs-node/deps/lib'))).toBe(true)
    expect(setUp()).toMatchObject({ code: 0 })
    expect(takeCalls()).toEqual(['node_modules/.bin/node --input-type=module --eval'])
  })

  test('after a fresh install of the packages the library need not be fetched again', () => {
    setUp()
    takeCalls()
    rmSync(inRoot('node_modules/@tensorflow'), { recursive: true })
    expect(setUp()).toMatchObject({ code: 0 })
    expect(takeCalls().filter((call) => call.startsWith('bin/python3'))).toEqual([])
  })

  test('names all that the machine lacks at once, and does nothing', () => {
    for (const name of ['make', 'g++']) rmSync(inRoot('bin', name))
    expect(setUp()).toEqual({ code: 1, said: expect.stringContaining('needs on the PATH: make, g++') as string })
    expect(takeCalls()).toEqual([])
  })

  test('shows the output of a failed step', () => {
    program('bin/python3', 'echo "no such wheel"; exit 1')
    expect(setUp()).toEqual({ code: 1, said: expect.stringContaining('no such wheel') as string })
    expect(existsSync(inRoot('.scoreline/libtensorflow-2.12.1'))).toBe(false)
  })
})
