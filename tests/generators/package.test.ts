import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync, symlinkSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { javascriptOf, stagePackage } from '../../generators/package.ts'
import { makeTemporaryDirectory } from '../support/test-services.ts'

describe('a source becomes JavaScript', () => {
  test('without types, and with the names of JavaScript files in imports and addresses of threads', () => {
    const source = `import { a } from './a.ts'
import type { B } from './b.ts'
const load = async () => import('../c.ts')
export const thread: URL = new URL('./d.ts', import.meta.url), other: B = a(load)`
    expect(javascriptOf(source)).toBe(`import { a } from "./a.js";
const load = async () => import("../c.js");
export const thread = new URL('./d.js', import.meta.url), other = a(load);
`)
  })
})

describe('the package', () => {
  let staging: string
  let sources: readonly string[]

  beforeAll(async () => {
    staging = join(makeTemporaryDirectory('package'), 'package')
    await stagePackage(staging)
    sources = globSync('**/*.js', { cwd: staging }).filter((file) => !file.startsWith('dashboard'))
  }, 120_000)

  const read = (file: string): string => readFileSync(join(staging, file), 'utf8')

  test('holds JavaScript and declarations only, and every file that one of them names', () => {
    expect(globSync('**/*.ts', { cwd: staging }).filter((file) => !file.endsWith('.d.ts'))).toEqual([])
    const missing = sources.flatMap((file) =>
      [...read(file).matchAll(/(?:from |import\(|import |new URL\()['"](\.[^'"]+)['"]/g)]
        .map(([, named]) => resolve(staging, dirname(file), named!))
        .filter((named) => !existsSync(named))
        .map((named) => `${file}: ${named}`),
    )
    expect(missing.filter((line) => !line.includes('/node_modules/.cache'))).toEqual([])
  })

  test('names every package that it imports as a dependency', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> }
    const imported = sources.flatMap((file) =>
      [...read(file).matchAll(/^(?:import|export) (?:[^'"]+ from )?['"]([^.'"][^'"]*)['"]/gm)].map(([, name]) =>
        name!
          .split('/')
          .slice(0, name!.startsWith('@') ? 2 : 1)
          .join('/'),
      ),
    )
    const known = new Set([...Object.keys(dependencies), ...builtinModules])
    const unknown = [...new Set(imported)].filter((name) => !name.startsWith('node:') && !known.has(name))
    expect(unknown).toEqual([])
    expect(JSON.parse(read('package.json'))).not.toHaveProperty('private')
  })

  test('runs', () => {
    symlinkSync(resolve('node_modules'), join(staging, 'node_modules'))
    const { status, stdout } = spawnSync(process.execPath, [join(staging, 'bin', 'scoreline.js'), 'topics', '--help'], {
      encoding: 'utf8',
    })
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining('create missing topics') })
  })
})
