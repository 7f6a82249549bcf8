import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { random } from '../../../models/random.ts'

const main = fileURLToPath(new URL('../../../main.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'texts-'))
afterAll(() => rmSync(folder, { recursive: true }))

function scoreline(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, DATA_DIRECTORY: folder, LOG_FORMAT: 'text' }
    execFile('node', ['--disable-warning=ExperimentalWarning', main, ...words], { env }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    )
  })
}

const linesOf = (file: string) =>
  readFileSync(join(folder, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

/** Writes visits in pairs: the text of the second one tells the outcome. */
function writeVisits(file: string, count: number, seed: number): void {
  const next = random(seed)
  const one = (of: readonly string[]) => of[Math.floor(next() * of.length)]!
  const rows = Array.from({ length: count }, (_, index) => {
    const isWon = Math.floor(index / 2) % 2 === 0
    const last = isWon
      ? one(['客户很满意，准备签合同', '客户非常感兴趣，愿意下单'])
      : one(['客户嫌贵，拒绝了', '客户没有兴趣，不要再联系'])
    const text = index % 2 === 0 ? one(['首次拜访，介绍产品', '电话沟通，约了时间']) : last
    return {
      id: index,
      case: `o${Math.floor(index / 2)}`,
      at: new Date(1.7e12 + index * 8.64e7).toISOString(),
      text,
      won: isWon ? 1 : 0,
    }
  })
  writeFileSync(join(folder, file), rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
}

test('a model of visits is trained, predicts, and is refused once a byte of it has changed', async () => {
  writeVisits('visits.jsonl', 160, 1)
  writeVisits('new.jsonl', 20, 2)
  const data = ['--data', join(folder, 'visits.jsonl'), '--text', 'text', '--target', 'won', '--positive', '1']
  const cases = ['--group', 'case', '--time', 'at']
  const trained = await scoreline('train', 'text', ...data, ...cases, '--out', join(folder, 'model'))
  expect(trained.code).toBe(0)
  const metrics = JSON.parse(trained.out.trim().split('\n').at(-1)!) as Record<string, unknown>
  expect(metrics).toMatchObject({
    accuracy: 1,
    labels: ['0', '1'],
    strategy: 'visit-wise',
    cases: 80,
    testCases: 16,
    split: 'the newest fifth of the cases',
    baselines: { majority: { auc: 0.5 } },
  })
  const predict = [
    'predict',
    '--model',
    join(folder, 'model'),
    '--data',
    join(folder, 'new.jsonl'),
    '--out',
    join(folder, 'out.jsonl'),
  ]
  expect((await scoreline(...predict)).code).toBe(0)
  const rows = linesOf('out.jsonl')
  expect(rows.map(({ id }) => id)).toEqual(linesOf('new.jsonl').map(({ id }) => id))
  for (const { won, prediction, label } of rows) {
    expect(label).toBe(String(won))
    expect((prediction as number) > 0.5).toBe(won === 1)
  }
  expect(rows[0]!['prediction']).toBe(rows[1]!['prediction'])

  const newest = ['--data', join(folder, 'new.jsonl'), '--row', '2']
  const explained = await scoreline('explain', '--model', join(folder, 'model'), ...newest)
  const why = JSON.parse(explained.out.trim().split('\n').at(-1)!) as {
    prediction: number
    lines: { line: number; text: string }[]
  }
  expect(why).toMatchObject({ label: '1', of: '1', records: 2 })
  expect(why.prediction).toBeCloseTo(rows[1]!['prediction'] as number, 9)
  expect(why.lines[0]).toMatchObject({ line: 1, text: rows[1]!['text'] })

  const other = await scoreline(...predict, '--precision', 'float32')
  expect(other).toMatchObject({ code: 1, err: expect.stringContaining('at float32 is another one') })
  const path = join(folder, 'model', 'model.json')
  const bytes = readFileSync(path)
  bytes[bytes.length - 9]! ^= 1
  writeFileSync(path, bytes)
  expect(await scoreline(...predict)).toMatchObject({ code: 1, err: expect.stringContaining('was changed or damaged') })
}, 60_000)

test('unusable training data is reported with its place', async () => {
  writeVisits('few.jsonl', 8, 1)
  const train = (...words: string[]) =>
    scoreline('train', 'text', '--data', join(folder, 'few.jsonl'), '--out', join(folder, 'none'), ...words)
  const told = async (answer: Promise<{ code: number; err: string }>, message: string) =>
    expect(await answer).toMatchObject({ code: 1, err: expect.stringContaining(message) })
  await told(train('--text', 'words', '--target', 'won'), 'There is no field "words" in row 1')
  await told(train('--text', 'text', '--target', 'lost'), 'There is no field "lost" in row 1')
  await told(train('--text', 'text', '--target', 'won', '--positive', 'yes'), '--positive yes is no value of won')
  await told(
    train('--text', 'text', '--target', 'won', '--strategy', 'oldest'),
    'Available: newest, head-tail, visit-wise',
  )
  await told(train('--text', 'text', '--target', 'won', '--tune', 'half'), '--tune half is unknown')
  await told(train('--text', 'text', '--target', 'won', '--tune', 'all', '--strategy', 'visit-wise'), "can't be tuned")
  await told(train('--text', 'text'), 'needs --text, --target and --out')
}, 60_000)

const testWithBackbone = existsSync(
  fileURLToPath(new URL('../../../deploy/backbone/lib/bge-small-zh/model.onnx', import.meta.url)),
)
  ? test
  : test.skip

testWithBackbone(
  'a backbone is tuned with its head into one graph, that predicts and is refused once it has changed',
  async () => {
    writeVisits('tuned.jsonl', 120, 1)
    writeVisits('later.jsonl', 20, 2)
    const out = join(folder, 'tuned')
    const data = [
      '--data',
      join(folder, 'tuned.jsonl'),
      '--text',
      'text',
      '--target',
      'won',
      '--positive',
      '1',
      '--group',
      'case',
    ]
    const settings = ['--set', 'epochs=2', '--set', 'piecesMax=48', '--set', 'learningRate=0.0003']
    const trained = await scoreline(
      'train',
      'text',
      ...data,
      '--time',
      'at',
      '--tune',
      'last',
      ...settings,
      '--out',
      out,
    )
    expect(trained).toMatchObject({ code: 0 })
    const metrics = JSON.parse(trained.out.trim().split('\n').at(-1)!) as Record<string, unknown>
    expect(metrics).toMatchObject({ tune: 'last', labels: ['0', '1'], testCases: 12, strategy: 'head-tail' })
    expect(metrics['accuracy']).toBeGreaterThan(0.9)
    const predict = [
      'predict',
      '--model',
      out,
      '--data',
      join(folder, 'later.jsonl'),
      '--out',
      join(folder, 'told.jsonl'),
    ]
    expect((await scoreline(...predict)).code).toBe(0)
    const told = linesOf('told.jsonl')
    expect(told.filter(({ won, label }) => label === String(won)).length).toBeGreaterThan(17)

    const explained = await scoreline('explain', '--model', out, '--data', join(folder, 'later.jsonl'), '--row', '2')
    const why = JSON.parse(explained.out.trim().split('\n').at(-1)!) as {
      prediction: number
      words: { effect: number }[]
    }
    expect(why.prediction).toBeCloseTo(told[1]!['prediction'] as number, 6)
    expect(why.words.length).toBeGreaterThan(0)

    // A tuned backbone works like any other: heads are trained on it and served.
    const reads = ['--backbone', out, '--precision', 'float32']
    const onTuned = await scoreline(
      'train',
      'text',
      ...data,
      '--time',
      'at',
      ...reads,
      '--out',
      join(folder, 'on-tuned'),
    )
    expect(JSON.parse(onTuned.out.trim().split('\n').at(-1)!)).toMatchObject({ accuracy: 1, testCases: 12 })

    const path = join(out, 'model.onnx')
    const bytes = readFileSync(path)
    bytes[bytes.length >> 1]! ^= 1
    writeFileSync(path, bytes)
    expect(await scoreline(...predict)).toMatchObject({
      code: 1,
      err: expect.stringContaining('cut short, damaged or exchanged'),
    })
    const onDamaged = await scoreline('train', 'text', ...data, ...reads, '--out', join(folder, 'on-tuned'))
    expect(onDamaged).toMatchObject({ code: 1, err: expect.stringContaining('cut short, damaged or exchanged') })
    const wrong = await scoreline('train', 'text', ...data, '--tune', 'half', '--out', out)
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('--tune half is unknown') })
  },
  120_000,
)
