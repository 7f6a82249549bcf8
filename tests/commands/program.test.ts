import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { random } from '../../models/random.ts'

const main = fileURLToPath(new URL('../../main.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'stop-'))

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends a training that would take many minutes', async (signal) => {
  const next = random(1)
  const rows = Array.from({ length: 3000 }, () => [...Array.from({ length: 20 }, () => next()), next() < 0.5 ? 1 : 0])
  const [data, out] = [join(folder, 'noise.csv'), join(folder, 'model')]
  writeFileSync(data, [[...Array.from({ length: 20 }, (_, at) => `x${at}`), 'y'], ...rows].join('\n'))
  const settings = ['trees=10000', 'earlyStoppingRounds=0', 'leavesMax=500', 'depthMax=12', 'leafRowsMin=1']
  const words = ['train', 'gbm', '--data', data, '--target', 'y', '--out', out]
  const training = spawn('node', [main, ...words, ...settings.flatMap((setting) => ['--set', setting])], {
    env: { ...process.env, DATA_DIRECTORY: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  try {
    const ended = once(training, 'exit')
    // The table has been read, and training begins.
    for await (const piece of training.stderr) if (String(piece).includes('3000 rows')) break
    training.kill(signal)
    expect(await ended).toEqual([null, signal])
    expect(existsSync(out)).toBe(false)
  } finally {
    training.kill('SIGKILL')
  }
})

/** Packages of the platform: loading any of them takes a noticeable part of a second of CPU time. */
const PLATFORM = ['kysely', 'pg', '@platformatic/kafka', 'avsc', 'fastify', 'liquidjs', '@marcbachmann/cel-js', 'lmdb']
const RUNTIMES = ['onnxruntime-node', '@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-wasm']

const watching = `
  import { registerHooks } from 'node:module'
  const packages = new Set()
  registerHooks({
    load(url, context, next) {
      const [, name] = /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url) ?? []
      if (name !== undefined) packages.add(name)
      return next(url, context)
    },
  })
  process.on('exit', () => process.stderr.write('\\nREAD ' + JSON.stringify([...packages])))
`

function packagesRead(words: readonly string[], program = [main]): string[] {
  const watch = `data:text/javascript,${encodeURIComponent(watching)}`
  const { stderr } = spawnSync('node', ['--import', watch, ...program, ...words], { encoding: 'utf8' })
  return JSON.parse(stderr.slice(stderr.lastIndexOf('READ ') + 5)) as string[]
}

test.each([
  ['the help', ['--help'], [...PLATFORM, ...RUNTIMES]],
  ['the help of verify', ['verify', '--help'], [...PLATFORM, ...RUNTIMES]],
  [
    'training on a table',
    ['train', 'gbm', '--data', 'missing.csv', '--target', 'y', '--out', 'out'],
    [...PLATFORM, ...RUNTIMES],
  ],
  ['scoring a table', ['predict', '--model', 'missing', '--data', 'missing.csv', '--out', 'out.csv'], PLATFORM],
])('%s reads nothing that it does not need', (_, words, notNeeded) => {
  const packages = packagesRead(words)
  expect(packages).toContain('commander')
  expect(packages.filter((name) => notNeeded.includes(name))).toEqual([])
})

/** Loads the definition of every command, as `--help` does for one. */
const defining = `
  const { Command } = await import(process.argv[1] + '/node_modules/commander/esm.mjs')
  const { commands } = await import(process.argv[1] + '/commands/commands.ts')
  for (const { name, load } of commands) (await load())(new Command(name), () => { throw new Error('ran') })
`

test('no command loads the broker, the API, rules or networks before it runs', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')
  const packages = packagesRead(['--input-type=module', '--eval', defining, root], [])
  expect(packages).toContain('commander')
  // Queries of the database and ONNX are quick to load.
  const slow = [...PLATFORM, ...RUNTIMES].filter((name) => !['kysely', 'pg', 'onnxruntime-node'].includes(name))
  expect(packages.filter((name) => slow.includes(name))).toEqual([])
})

test('a file that is missing is named before the platform is loaded to replay it', () => {
  expect(packagesRead(['replay', 'missing.jsonl']).filter((name) => PLATFORM.includes(name))).toEqual([])
})

test('an unknown command is answered with the one that was probably meant', () => {
  const { stderr, status } = spawnSync('node', [main, 'verfy'], { encoding: 'utf8' })
  expect(status).toBe(1)
  expect(stderr).toContain('(Did you mean verify?)')
})

test('--version is that of the package', () => {
  expect(execFileSync('node', [main, '--version'], { encoding: 'utf8' })).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('help NAME is the help of that command', () => {
  const help = (...words: string[]) => execFileSync('node', [main, ...words], { encoding: 'utf8' })
  expect(help('help', 'drift')).toBe(help('drift', '--help'))
})
