import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inspectOnnx } from '../../models/onnx/inspect-onnx.ts'
import { commands } from '../../commands/commands.ts'

const main = fileURLToPath(new URL('../../main.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'commands-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs `scoreline …` as a person would. */
function scoreline(words: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const env = { ...process.env, DATA_DIRECTORY: folder, LOG_FORMAT: 'text', ...environment }
    execFile('node', ['--disable-warning=ExperimentalWarning', main, ...words], { env }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    )
  })
}

const names =
  'up processors sink api deliveries retrainer simulator migrate adopt topics import replay train predict explain evaluate-stream models state dead-letters thresholds cases visits policies drift verify doctor bench campaigns keys extensions personal-data bi-role export backup restore archive scores customers'.split(
    ' ',
  )

/** The help of each subcommand is checked in commands.test.ts, which loads all of them in one process. */
test('the help lists every subcommand, and a subcommand has a help', async () => {
  expect(commands.map(({ name }) => name).sort()).toEqual([...names].sort())
  const [all, one] = await Promise.all([scoreline(['--help']), scoreline(['drift', '--help'])])
  expect([all.code, one.code]).toEqual([0, 0])
  for (const name of names) expect(all.out).toMatch(new RegExp(`^  ${name} `, 'm'))
  expect(one.out).toContain('Usage: scoreline drift')
}, 60_000)

test('wrong values stop the start, all of them named at once', async () => {
  const wrong = { API_PORT: 'x', TOPIC_PARTITIONS: '0', SIMULATE: 'perhaps' }
  const { code, err } = await scoreline(['topics'], wrong)
  expect(code).toBe(1)
  for (const name of ['API_PORT', 'TOPIC_PARTITIONS', 'SIMULATE']) expect(err).toContain(name)
})

test('the log is one JSON object per line unless set otherwise or written to a terminal', async () => {
  const { err } = await scoreline(['topics'], { API_PORT: 'x', LOG_FORMAT: '' })
  expect(JSON.parse(err)).toMatchObject({ level: 'error', msg: expect.stringContaining('API_PORT') as string })
  expect(await scoreline(['topics'], { API_PORT: 'x', LOG_LEVEL: 'silent' })).toMatchObject({ code: 1, err: '' })
}, 20_000)

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
  expect((await scoreline(['replay', file, '--dry-run'])).err).toContain('scores is not a topic that takes events')
})

describe('a model of a table', () => {
  const file = join(folder, 'table.csv')
  const out = join(folder, 'model')
  const rows = Array.from(
    { length: 400 },
    (_, index) => `${index % 10},${index % 7},"a, b",${index % 10 >= 5 ? (index % 11 === 0 ? 'no' : 'yes') : 'no'}`,
  )

  test.each(['gbm', 'deep', 'linear'])('%s is trained, predicts and explains', async (family) => {
    writeFileSync(file, `signal,noise,same,answer\n${rows.join('\n')}\n`)
    const trained = await scoreline([
      'train',
      family,
      '--data',
      file,
      '--target',
      'answer',
      '--select',
      'chi2',
      '--out',
      out,
    ])
    expect(trained.code).toBe(0)
    const metrics = JSON.parse(trained.out.trim().split('\n').at(-1)!) as {
      auc: number
      fallenOut: { feature: string }[]
    }
    expect(metrics.auc).toBeGreaterThan(0.85)
    expect(metrics.fallenOut.map(({ feature }) => feature)).toEqual(['noise'])
    expect(trained.err).toContain('Column same: left out')
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('answer')

    const predictions = join(folder, `${family}.csv`)
    expect((await scoreline(['predict', '--model', out, '--data', file, '--out', predictions])).code).toBe(0)
    const lines = readFileSync(predictions, 'utf8').trim().split('\n')
    expect(lines[0]).toBe('signal,noise,same,answer,prediction')
    expect(lines).toHaveLength(401)
    expect(lines[1]).toMatch(/^0,0,"a, b",no,0\.\d+$/)
    const predictionOf = (line: number) => Number(lines[line]!.split(',').at(-1))
    expect(predictionOf(10)).toBeGreaterThan(predictionOf(1))

    const onnx = join(folder, `${family}.onnx`)
    expect((await scoreline(['models', 'export', out, '--out', onnx])).code).toBe(0)
    expect(inspectOnnx(readFileSync(onnx)).inputs).toMatchObject([{ name: 'rows' }])

    const explained = await scoreline(['explain', '--model', out, '--data', file, '--row', '10'])
    const { prediction, margin, reasons } = JSON.parse(explained.out) as {
      prediction: number
      margin: number
      reasons: string[]
    }
    expect(prediction).toBeCloseTo(predictionOf(10), 12)
    expect(1 / (1 + Math.exp(-margin))).toBeCloseTo(prediction, 6)
    expect(reasons[0]).toMatch(/^signal = 9: \+/)
  })

  test('a failure is reported in one line, with exit code 1', async () => {
    const failed = await scoreline(['train', 'gbm', '--data', file, '--target', 'wages', '--out', out])
    expect(failed.code).toBe(1)
    expect(failed.err).toContain('The table has no column wages. It has: signal, noise, same, answer.')
    writeFileSync(join(out, 'model.json'), '{}')
    const changed = await scoreline(['predict', '--model', out, '--data', file, '--out', join(folder, 'x.csv')])
    expect(changed.err).toContain('was changed or damaged')
  })
})
