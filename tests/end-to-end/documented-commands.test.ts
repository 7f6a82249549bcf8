import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { benchmarks } from '../../bench/benchmarks.ts'
import { createPlainProducer } from '../../kafka/producer/plain-producer.ts'
import { findFreePort } from '../../deploy/ports.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { releasedRegistry } from '../../schemas/release/registry.ts'
import type { Topic } from '../../schemas/topic.ts'
import { visits } from '../../schemas/visits/visits.ts'
import { validEvent } from '../schemas/valid-event.ts'
import { brokers, freshDatabase, uniqueName, waitFor } from '../support/services.ts'
import { commandsIn, documentedCommands } from './documented-commands.ts'
import { expectationOf, expectations, keyOf } from './documented-expectations.ts'
import type { World } from './expectation.ts'
import { files as berka } from './documented-files.ts'

const root = resolve(import.meta.dirname, '../..')
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
const commands = documentedCommands()

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

const folder = mkdtempSync(join(tmpdir(), 'documented-'))
let environment: Record<string, string>
let address: string
let demo: { readonly process: ChildProcess; readonly said: () => string }
let drop: () => Promise<void>

beforeAll(async () => {
  const fresh = await freshDatabase()
  drop = fresh.drop
  const port = await findFreePort()
  address = `127.0.0.1:${port}`
  environment = {
    PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH']!}`,
    KAFKA_BROKERS: brokers().join(','),
    DATABASE_URL: fresh.url,
    TOPIC_PREFIX: `${uniqueName('documented')}.`,
    TOPIC_PARTITIONS: '2',
    API_PORT: String(port),
    DATA_DIRECTORY: join(folder, 'data'),
    SIMULATOR_CUSTOMERS: '40',
    SIMULATOR_HISTORY_DAYS: '14',
    // The demo runs beside every command, so its world is as small as the documents allow.
    SIMULATOR_SPEED: '20',
    COMMIT_INTERVAL_MS: '500',
    RETRAIN_TEXT_MS: '0',
    VERIFY_INTERVAL_MINUTES: '0',
    WEBHOOK_SECRET_website: 'let-me-in',
    // As in a terminal.
    LOG_FORMAT: 'text',
  }
  writeFiles()
  demo = startDemo('npm start -- --wipe')
  await untilUp()
  await leaveBadRecord()
}, 240_000)

afterAll(async () => {
  await stopDemo('SIGINT')
  await drop()
  rmSync(folder, { recursive: true, force: true })
}, 60_000)

/** Returns the command line of a script in package.json as npm runs it, but in its own folder. */
function lineOf(script: string, words: string): string {
  const text = scripts[script]
  if (text === undefined) throw new Error(`package.json has no script ${script}.`)
  return `exec ${text.replaceAll(/[\w./-]+\.(?:ts|js)\b/g, (path) => join(root, path))} ${words}`
}

function startDemo(command: string): typeof demo {
  const line = lineOf('start', command.slice('npm start'.length).replace(/^ -- /, ''))
  const child = spawn('bash', ['-c', line], { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (said += piece.toString()))
  return { process: child, said: () => said }
}

async function untilUp(): Promise<void> {
  await waitFor(
    () => {
      if (demo.process.exitCode !== null) throw new Error(`The demo ended: ${demo.said().slice(-2_000)}`)
      return demo.said().includes('Scoreline is up')
    },
    { what: 'the demo', timeoutMs: 200_000, intervalMs: 200 },
  )
}

async function stopDemo(signal: NodeJS.Signals): Promise<number | null> {
  if (demo.process.exitCode !== null || demo.process.signalCode !== null) return demo.process.exitCode
  demo.process.kill(signal)
  const [code] = (await once(demo.process, 'exit')) as [number | null]
  return code
}

function bash(line: string, stop?: RegExp): Promise<Ended> {
  const child = spawn('bash', ['-c', line], { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.on('data', (piece: Buffer) => (out += piece.toString()))
  child.stderr.on('data', (piece: Buffer) => {
    err += piece.toString()
    if (stop?.test(err) === true) child.kill('SIGINT')
  })
  return once(child, 'close').then(([code]) => ({ code: code as number | null, out, err }))
}

/** Writes the first block of that language in a document to a file. */
function writePrinted(document: string, language: string, name: string): void {
  const text = readFileSync(join(root, document), 'utf8')
  writeFileSync(join(folder, name), new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'm').exec(text)![1]!)
}

/** Writes the files that the documented commands read. */
function writeFiles(): void {
  writePrinted('docs/webhooks.md', 'csv', 'payments.csv')
  writePrinted('docs/webhooks.md', 'jsonata', 'payments.jsonata')
  mkdirSync(join(folder, 'berka'))
  for (const [name, text] of Object.entries(berka))
    writeFileSync(join(folder, 'berka', name), name.endsWith('.gz') ? gzipSync(text) : text)
  const rows = Array.from({ length: 300 }, (_, index) => `${index % 10},${index % 7},${index % 10 >= 5 ? 'yes' : 'no'}`)
  writeFileSync(join(folder, 'calls.csv'), `signal,duration,y\n${rows.join('\n')}\n`)
  // From the middle on, the signal no longer predicts the label.
  const stream = Array.from({ length: 1_200 }, (_, row) => {
    const signal = (row * 7919) % 100
    return `${signal},${row % 7},${signal < 50 === row < 600 ? 'yes' : 'no'}`
  })
  writeFileSync(join(folder, 'stream.csv'), `signal,duration,y\n${stream.join('\n')}\n`)
  const listed = 'c-00001,021 1234 5678,1200\nc-00002,,300\nc-00003,12,5\n'
  writeFileSync(join(folder, 'list.csv'), `customerId,phone,value\n${listed}`)
  writeFileSync(join(folder, 'new.csv'), 'signal,duration\n9,1\n1,2\n')
  const turn = (index: number) =>
    index % 2 === 0
      ? { text: `利率太高了 ${index}`, intent: 'price', context: { stage: 'sale' } }
      : { text: `明天再打给我 ${index}`, intent: 'later', context: { stage: 'first contact' } }
  const lines = (count: number) =>
    Array.from({ length: count }, (_, index) => `${JSON.stringify(turn(index))}\n`).join('')
  writeFileSync(join(folder, 'turns.jsonl'), lines(120))
  const visit = (index: number) => ({
    visitId: `v${index}`,
    salespersonId: 's1',
    text: '客户对设备贷款感兴趣，下周再谈条件。',
  })
  writeFileSync(join(folder, 'visits.jsonl'), [1, 2, 3].map((index) => `${JSON.stringify(visit(index))}\n`).join(''))
  writeFileSync(join(folder, 'new.jsonl'), lines(3))
}

const world: World = {
  async isReleased(task) {
    const { items } = (await (await fetch(`http://${address}/models?task=${task}`)).json()) as {
      items: { status: string }[]
    }
    return items.some(({ status }) => status === 'champion')
  },
}

/** Replaces names from the full world by names of this small one. */
async function inThisWorld(text: string): Promise<string> {
  let line = text.replaceAll('localhost:8080', address)
  const first = async (path: string, name: string) => {
    const { items } = (await (await fetch(`http://${address}${path}`)).json()) as { items: Record<string, string>[] }
    return items.find((item) => name !== 'opportunityId' || item['probability'] !== null)?.[name] ?? items[0]![name]!
  }
  if (line.includes('o-c-00001-7'))
    line = line.replace('o-c-00001-7', await first('/opportunities?limit=200', 'opportunityId'))
  if (line.includes('c-00006')) line = line.replace('c-00006', await organisation())
  if (line.includes('4f1d0c7be2a95d3348c06e1b7fa2d950'))
    line = line.replace('4f1d0c7be2a95d3348c06e1b7fa2d950', await first('/scripts?language=en', 'id'))
  if (line.includes('s-001')) line = line.replaceAll('s-001', await someSalesperson())
  return line
}

/** Returns a salesperson with a priority list, which arrives through Kafka a moment after the opportunities. */
function someSalesperson(): Promise<string> {
  const find = async () => {
    const { items } = (await (await fetch(`http://${address}/priorities/owners`)).json()) as {
      items: { scope: string; owner: string }[]
    }
    return items.find(({ scope }) => scope === 'salesperson')?.owner
  }
  return waitFor(find, { what: 'the list of a salesperson' })
}

async function organisation(): Promise<string> {
  for (let number = 1; number <= 40; number++) {
    const customer = `c-${String(number).padStart(5, '0')}`
    if ((await fetch(`http://${address}/customers/${customer}/recommendations`)).status === 200) return customer
  }
  throw new Error('No organisation of this world has recommendations.')
}

describe('the reader of the documents', () => {
  test('finds commands in blocks and in the running text, over several lines, without comments', () => {
    const markdown =
      '```sh\nnpm run scoreline -- verify  # all\ncurl -s x -d \'{\n  "a": 1}\'\ncurl a \\\n  -X PUT\n\n```\nSay `npm run bench -- codec`.'
    expect(commandsIn(markdown)).toEqual([
      'npm run scoreline -- verify',
      'curl -s x -d \'{ "a": 1}\'',
      'curl a -X PUT',
      'npm run bench -- codec',
    ])
  })

  test('every command of the documents has an expectation, and every expectation its command', () => {
    expect(commands.filter(({ text }) => expectationOf(text) === undefined)).toEqual([])
    const keys = new Set(commands.map(({ text }) => keyOf(text)))
    expect(Object.keys(expectations).filter((key) => !keys.has(key))).toEqual([])
  })
})

describe('commands that are not run here', () => {
  const helps = new Map<string, Promise<Ended>>()
  /** Returns the help of a command, which is run once. */
  function helpOf(line: string): Promise<Ended> {
    const help = helps.get(line) ?? bash(line)
    helps.set(line, help)
    return help
  }

  test.each(commands.filter(({ text }) => expectationOf(text)?.kind === 'known').map(({ text }) => text))(
    '%s',
    async (text) => {
      const expectation = expectationOf(text) as { kind: 'known'; help?: string }
      const [, script, words = ''] = /npm (?:run )?([\w:]+)(?: -- (.*))?$/.exec(text) ?? []
      for (const path of text.match(/\b(?:tests|deploy)\/[\w./-]+/g) ?? [])
        expect(existsSync(join(root, path))).toBe(true)
      if (script === undefined) return
      expect(scripts[script]).toBeDefined()
      if (expectation.help === undefined) return
      const { code, out } = await helpOf(lineOf(script, expectation.help))
      expect(code).toBe(0)
      if (!expectation.help.includes('--list'))
        for (const option of words.match(/--[a-z-]+/g) ?? []) expect(out).toContain(option)
      if (script === 'bench') expect(benchmarks.map(({ name }) => name)).toContain(words.split(' ')[0])
    },
    240_000,
  )
})

describe('beside a demo', () => {
  test.each(
    commands
      .filter(({ text }) => ['curl', 'scoreline'].includes(expectationOf(text)?.kind ?? ''))
      .map(({ text }) => text),
  )(
    '%s',
    async (text) => {
      const expectation = expectationOf(text)!
      if (expectation.kind === 'curl') {
        const status = typeof expectation.status === 'number' ? expectation.status : await expectation.status(world)
        const isEndless = text.includes('/live?')
        const line = `${await inThisWorld(text)} --max-time ${isEndless ? 2 : 30} -w '\\n%{http_code}'`
        const {
          code,
          status: got,
          out,
        } = await waitFor(
          async () => {
            const ended = await bash(line)
            const answer = { ...ended, status: Number(ended.out.split('\n').at(-1)) }
            const isRight = answer.status === status && expectation.shows.test(ended.out)
            return isRight || expectation.eventually !== true ? answer : undefined
          },
          { what: text },
        )
        expect({ status: got, out }).toEqual({ status, out: expect.stringMatching(expectation.shows) as unknown })
        expect(code).toBe(isEndless ? 28 : 0)
      } else if (expectation.kind === 'scoreline') {
        const words = expectation.instead ?? text.replace('npm run scoreline -- ', '')
        const { code, out, err } = await bash(lineOf('scoreline', words), expectation.stop)
        const isTooEarly = expectation.shows.source.includes('can.t be trained yet') && code === 1
        const promised: (number | null)[] = isTooEarly ? [1] : [expectation.code ?? 0].flat()
        expect({ code, out: out + err }).toEqual({
          code: promised.includes(code) ? code : promised[0],
          out: expect.stringMatching(expectation.shows) as unknown,
        })
        if (expectation.file !== undefined) expect(existsSync(join(folder, expectation.file))).toBe(true)
      }
    },
    240_000,
  )

  test('after the demo was killed and restarted, everything still matches the inputs', async () => {
    await stopDemo('SIGKILL')
    demo = startDemo('npm start')
    await untilUp()
    const { code, out, err } = await bash(lineOf('scoreline', 'verify'))
    expect({ code, out: out + err }).toEqual({
      code: 0,
      out: expect.stringContaining('Everything that was served matches the replay of the inputs.') as unknown,
    })
    expect(await stopDemo('SIGINT')).toBe(0)
  }, 240_000)
})

/** Writes a truncated visit, so that there is a dead letter. */
async function leaveBadRecord(): Promise<void> {
  const producer = createPlainProducer({ brokers: brokers(), clientId: 'careless' })
  const visit = codecOf(visits as Topic, releasedRegistry).encode(
    validEvent(visits as Topic, 1, { occurredAt: Date.now() }),
  )
  await producer.send(`${environment['TOPIC_PREFIX']!}visits`, [{ key: 'c-00001', value: visit.subarray(0, 10) }])
  await producer.close()
}
