/**
 * Runs prepare.js in a copy of the project whose npm, mvn and java are small scripts that record how they were called.
 */
import { spawn } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { makeTemporaryDirectory } from '../support/test-services.ts'
import { waitFor } from '../support/services.ts'

const PROJECT = join(import.meta.dirname, '../..')

const NPM = `
case "$1" in
  ci) mkdir -p node_modules/.bin && touch node_modules/.bin/node node_modules/.package-lock.json ;;
  run) rm -rf dashboard/dist && mkdir -p dashboard/dist ;;
esac`

const MVN = `
for argument in "$@"; do
  case "$argument" in -DoutputDirectory=*) folder="\${argument#-DoutputDirectory=}" ;; esac
done
mkdir -p "$folder" && touch "$folder/kafka.jar"`

const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

/** A backbone with one file, which the script in place of Maven creates. */
const tiny = (sha256: string) => ({
  name: 'tiny',
  pooling: 'first',
  files: { 'model.onnx': { from: 'kafka.jar', sha256 } },
})

describe('preparing a fresh clone', () => {
  let root: string
  const environment: Record<string, string> = {}
  const inRoot = (...path: string[]): string => join(root, ...path)

  const install = (program: string, script: string): void => {
    writeFileSync(inRoot('bin', program), `#!/bin/sh\necho "${program} $1" >> "${inRoot('calls')}"\n${script}\n`)
    chmodSync(inRoot('bin', program), 0o755)
  }

  /** Returns the calls of the programs since the last look. */
  const takeCalls = (): string[] => {
    if (!existsSync(inRoot('calls'))) return []
    const calls = readFileSync(inRoot('calls'), 'utf8').trim().split('\n')
    rmSync(inRoot('calls'))
    return calls
  }

  const prepare = (...flags: string[]): Promise<{ code: number | null; said: string }> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [inRoot('deploy', 'prepare.js'), ...flags], {
        env: { PATH: inRoot('bin'), ...environment },
      })
      let said = ''
      child.stdout.on('data', (chunk) => (said += String(chunk)))
      child.stderr.on('data', (chunk) => (said += String(chunk)))
      child.once('close', (code) => resolve({ code, said }))
    })

  beforeEach(() => {
    root = makeTemporaryDirectory('prepare-test')
    for (const key of Object.keys(environment)) delete environment[key]
    mkdirSync(inRoot('bin'))
    for (const folder of ['broker', 'backbone']) mkdirSync(inRoot('deploy', folder), { recursive: true })
    writeFileSync(inRoot('deploy', 'backbone', 'backbones.json'), JSON.stringify([tiny(EMPTY_SHA256)]))
    for (const path of ['prepare.js', 'kits.js', 'prepare', 'broker/pom.xml', 'backbone/pom.xml'])
      cpSync(join(PROJECT, 'deploy', path), inRoot('deploy', path), { recursive: true })
    writeFileSync(inRoot('package.json'), '{"type":"module"}')
    writeFileSync(inRoot('package-lock.json'), '{}')
    for (const tool of ['mkdir', 'touch', 'rm', 'sleep']) symlinkSync(join('/bin', tool), inRoot('bin', tool))
    install('npm', NPM)
    install('mvn', MVN)
    install('java', `echo 'openjdk version "17.0.15" 2025-04-15' >&2`)
  })

  afterEach(() => rmSync(root, { recursive: true, force: true }))

  test('fetches what is missing, once, and reports what it does', async () => {
    const first = await prepare()
    expect(first).toMatchObject({
      code: 0,
      said: expect.stringMatching(/packages …[^]*done in[^]*Maven …[^]*done in/) as string,
    })
    expect(takeCalls()).toEqual(['java -version', 'npm ci', 'mvn --batch-mode', 'mvn --batch-mode'])
    expect(existsSync(inRoot('deploy', 'broker', 'lib', 'kafka.jar'))).toBe(true)
    const about = readFileSync(inRoot('deploy', 'backbone', 'lib', 'tiny', 'backbone.json'), 'utf8')
    expect(JSON.parse(about)).toEqual({ name: 'tiny', pooling: 'first', sha256: { 'model.onnx': EMPTY_SHA256 } })
    expect(await prepare()).toEqual({ code: 0, said: '' })
    expect(takeCalls()).toEqual([])
  })

  test('names all that the machine lacks at once, and does nothing', async () => {
    for (const program of ['npm', 'mvn', 'java']) rmSync(inRoot('bin', program))
    const { code, said } = await prepare()
    expect(code).toBe(1)
    for (const name of ['npm', 'Java 17 or newer', 'Maven', 'KAFKA_BROKERS']) expect(said).toContain(name)
    expect(existsSync(inRoot('node_modules'))).toBe(false)
  })

  test('reports the version of a Java that is too old', async () => {
    install('java', `echo 'java version "1.8.0_392"' >&2`)
    const { code, said } = await prepare()
    expect(code).toBe(1)
    expect(said).toContain('the "java" on the PATH is 8')
  })

  test('needs neither Java nor Maven if KAFKA_BROKERS names a Kafka', async () => {
    for (const program of ['mvn', 'java']) rmSync(inRoot('bin', program))
    environment.KAFKA_BROKERS = 'kafka.example:9092'
    expect((await prepare()).code).toBe(0)
    expect(takeCalls()).toEqual(['npm ci'])
  })

  test('installs again when the lock file has changed, unless packages have been installed by hand since', async () => {
    await prepare()
    takeCalls()
    const later = (path: string, seconds: number): void =>
      utimesSync(inRoot(path), new Date(), new Date(Date.now() + seconds * 1000))
    writeFileSync(inRoot('package-lock.json'), '{ "changed": true }')
    later('package-lock.json', 10)
    await prepare()
    expect(takeCalls()).toEqual(['npm ci'])

    writeFileSync(inRoot('package-lock.json'), '{ "changed": "again" }')
    later('package-lock.json', 20)
    later('node_modules/.package-lock.json', 30)
    await prepare()
    expect(takeCalls()).toEqual([])
  })

  test('builds the page when a source of it is newer than the last build', async () => {
    await prepare()
    takeCalls()
    mkdirSync(inRoot('dashboard', 'parts'), { recursive: true })
    writeFileSync(inRoot('dashboard', 'index.html'), '')
    await prepare()
    expect(takeCalls()).toEqual(['npm run'])
    await prepare()
    expect(takeCalls()).toEqual([])
    writeFileSync(inRoot('dashboard', 'parts', 'score.tsx'), '')
    utimesSync(inRoot('dashboard', 'parts', 'score.tsx'), new Date(), new Date(Date.now() + 10_000))
    await prepare()
    expect(takeCalls()).toEqual(['npm run'])
  })

  test('shows the output of a failed step, keeps nothing of it, and repeats it the next time', async () => {
    install('mvn', `${MVN}\necho 'artifact not found'; exit 1`)
    const { code, said } = await prepare()
    expect(code).toBe(1)
    expect(said).toContain('artifact not found')
    expect(existsSync(inRoot('deploy', 'broker', 'lib'))).toBe(false)
    takeCalls()
    install('mvn', MVN)
    expect((await prepare()).code).toBe(0)
    expect(takeCalls()).toEqual(['java -version', 'mvn --batch-mode', 'mvn --batch-mode'])
  })

  test('does each thing once when started twice at once', async () => {
    install('npm', `sleep 0.3\n${NPM}`)
    const results = await Promise.all([prepare(), prepare(), prepare()])
    expect(results.map(({ code }) => code)).toEqual([0, 0, 0])
    expect(takeCalls().filter((call) => call !== 'java -version')).toEqual([
      'npm ci',
      'mvn --batch-mode',
      'mvn --batch-mode',
    ])
  })

  test('accepts no backbone other than the published one', async () => {
    writeFileSync(inRoot('deploy', 'backbone', 'backbones.json'), JSON.stringify([tiny('0'.repeat(64))]))
    const { code, said } = await prepare()
    expect(code).toBe(1)
    expect(said).toContain('it is not the published file')
    expect(existsSync(inRoot('deploy', 'backbone', 'lib'))).toBe(false)
  })

  test('continues where a killed run stopped', async () => {
    install('npm', `sleep 0.2\n${NPM}`)
    const child = spawn(process.execPath, [inRoot('deploy', 'prepare.js')], {
      env: { PATH: inRoot('bin') },
      stdio: 'ignore',
    })
    await waitFor(() => existsSync(inRoot('.scoreline', 'prepare.lock')), { what: 'the lock' })
    child.kill('SIGKILL')
    await waitFor(() => child.signalCode !== null, { what: 'the end of the first' })
    expect((await prepare()).code).toBe(0)
    expect(existsSync(inRoot('.scoreline', 'prepare.lock'))).toBe(false)
  })

  test('brings the packages only for tests without servers', async () => {
    for (const program of ['mvn', 'java']) rmSync(inRoot('bin', program))
    mkdirSync(inRoot('dashboard'))
    writeFileSync(inRoot('dashboard', 'index.html'), '')
    environment.SCORELINE_TEST_SERVICES = 'none'
    expect((await prepare('--test')).code).toBe(0)
    expect(takeCalls()).toEqual(['npm ci'])
    // A production start needs everything, whatever the variable for tests says.
    expect((await prepare()).code).toBe(1)
  })

  test('finds a browser for the tests, or reports that there is none', async () => {
    const without = await prepare('--test')
    expect(without).toMatchObject({ code: 0, said: expect.stringContaining('set CHROMIUM_PATH') as string })
    install('chromium', '')
    expect(await prepare('--test')).toEqual({ code: 0, said: '' })
  })
})

test('npm has nothing to warn of in the settings of the project', async () => {
  const npm = spawn('npm', ['run'], { cwd: PROJECT, env: process.env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  npm.stderr.on('data', (chunk) => (said += String(chunk)))
  npm.stdout.resume()
  const code = await new Promise((resolve) => npm.once('close', resolve))
  expect({ code, said }).toEqual({ code: 0, said: '' })
})
