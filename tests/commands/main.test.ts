import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { commands } from '../../commands/commands.ts'

const main = fileURLToPath(new URL('../../main.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'commands-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** `scoreline …` as a person runs it. */
function scoreline(words: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const env = { ...process.env, DATA_DIRECTORY: folder, ...environment }
    execFile('node', ['--disable-warning=ExperimentalWarning', main, ...words], { env }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    )
  })
}

const names =
  'up processors sink api retrainer simulator migrate topics import replay train predict models state dead-letters verify bench'.split(
    ' ',
  )

test('there is a help for every subcommand', async () => {
  expect(commands).toHaveLength(names.length)
  const helps = await Promise.all(names.map((name) => scoreline([name, '--help'])))
  for (const [index, { code, out }] of helps.entries()) {
    expect(code).toBe(0)
    expect(out).toContain(`Usage: scoreline ${names[index]}`)
  }
}, 120_000)

test('wrong values stop the start, all of them named at once', async () => {
  const { code, err } = await scoreline(['topics'], { API_PORT: 'x', TOPIC_PARTITIONS: '0', SIMULATE: 'perhaps' })
  expect(code).toBe(1)
  for (const name of ['API_PORT', 'TOPIC_PARTITIONS', 'SIMULATE']) expect(err).toContain(name)
})

test('a line that is no event is named with its number, and nothing is sent', async () => {
  const file = join(folder, 'events.jsonl')
  const event = {
    id: 'p1',
    occurredAt: '2026-01-01T00:00:00Z',
    source: 'test',
    customerId: 'c1',
    name: 'A',
    sex: null,
    birthYear: null,
    registeredPlace: null,
    residence: null,
    timeZone: 'UTC',
    segment: null,
    attributes: {},
  }
  writeFileSync(
    file,
    `${JSON.stringify({ topic: 'profiles', event })}\n${JSON.stringify({ topic: 'profiles', event: { ...event, birthYear: 'long ago' } })}\n`,
  )
  const bad = await scoreline(['replay', file, '--dry-run'])
  expect(bad.code).toBe(1)
  expect(bad.err).toContain(`${file}:2: /birthYear`)
  writeFileSync(file, `${JSON.stringify({ topic: 'profiles', event })}\n`)
  expect(JSON.parse((await scoreline(['replay', file, '--dry-run'])).out)).toEqual({ events: 1, sent: 0 })
  writeFileSync(file, `${JSON.stringify({ topic: 'scores', event })}\n`)
  expect((await scoreline(['replay', file, '--dry-run'])).err).toContain('scores is no topic that takes events')
})

test('a model is trained on a table and predicts the rows of another', async () => {
  const rows = Array.from(
    { length: 400 },
    (_, index) => `${index % 10},${index % 7},${index % 10 >= 5 ? (index % 11 === 0 ? 'no' : 'yes') : 'no'}`,
  )
  const file = join(folder, 'table.csv')
  writeFileSync(file, `signal,noise,answer\n${rows.join('\n')}\n`)
  const out = join(folder, 'model')
  const trained = await scoreline(['train', 'answers', '--data', file, '--target', 'answer', '--out', out])
  expect(trained.code).toBe(0)
  const metrics = JSON.parse(trained.out) as { metrics: { auc: number }; promote: boolean }
  expect(metrics.metrics.auc).toBeGreaterThan(0.85)
  expect(JSON.parse(readFileSync(join(out, 'metrics.json'), 'utf8'))).toMatchObject({ promote: true })
  const predicted = await scoreline(['predict', '--model', out, '--data', file])
  const lines = predicted.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { signal: string; prediction: number })
  expect(lines).toHaveLength(400)
  expect(lines.find(({ signal }) => signal === '9')!.prediction).toBeGreaterThan(
    lines.find(({ signal }) => signal === '0')!.prediction,
  )
})
