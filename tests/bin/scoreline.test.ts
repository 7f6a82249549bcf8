import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeTemporaryDirectory } from '../support/test-services.ts'

describe('the scoreline command', () => {
  let root: string
  const command = (): string => join(root, 'bin', 'scoreline.js')

  beforeEach(() => {
    root = makeTemporaryDirectory('command-test')
    mkdirSync(join(root, 'node_modules', 'node', 'bin'), { recursive: true })
    cpSync(join(import.meta.dirname, '../../bin/scoreline.js'), command())
    writeFileSync(join(root, 'package.json'), '{"type":"module"}')
    writeFileSync(join(root, 'node_modules', 'node', 'package.json'), '{"name":"node"}')
    symlinkSync(process.execPath, join(root, 'node_modules', 'node', 'bin', 'node'))
  })

  afterEach(() => rmSync(root, { recursive: true, force: true }))

  test('hands on its arguments, and the exit code', () => {
    writeFileSync(
      join(root, 'main.ts'),
      'const said: string[] = process.argv.slice(2); console.log(said.join(" ")); process.exit(3)',
    )
    const { status, stdout } = spawnSync(process.execPath, [command(), 'replay', '--speed', '2'], { encoding: 'utf8' })
    expect({ status, stdout }).toEqual({ status: 3, stdout: 'replay --speed 2\n' })
  })

  test('passes a termination on and waits for the platform to end', async () => {
    writeFileSync(
      join(root, 'main.ts'),
      `process.on('SIGTERM', () => process.exit(7)); console.log('up'); setInterval(() => {}, 1000)`,
    )
    const child = spawn(process.execPath, [command()], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([7, null])
  })

  test('says what to do before anything is installed', () => {
    writeFileSync(join(root, 'main.ts'), '')
    rmSync(join(root, 'node_modules'), { recursive: true })
    const { status, stderr } = spawnSync(process.execPath, [command()], { encoding: 'utf8' })
    expect(status).toBe(1)
    expect(stderr).toContain('npm start')
  })
})
