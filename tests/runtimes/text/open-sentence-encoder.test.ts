import { copyFileSync, mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SentenceEncoder } from '../../../models/text/sentence-encoder.ts'
import { openSentenceEncoder, type SentenceEncoderOptions } from '../../../runtimes/text/open-sentence-encoder.ts'
import { backboneFolder, pythonReference } from '../../models/text/python-reference.ts'
import { sumModel } from '../onnx-models.ts'

const folder = backboneFolder('bge-small-zh')
const open: SentenceEncoder[] = []
afterEach(async () => {
  for (const encoder of open.splice(0)) await encoder.close()
})

async function encoderOf(options: Partial<SentenceEncoderOptions> = {}): Promise<SentenceEncoder> {
  const encoder = await openSentenceEncoder({ folder, ...options })
  open.push(encoder)
  return encoder
}

const windowsOf = ({ tokenizer }: SentenceEncoder, texts: readonly string[]) => texts.map((text) => tokenizer.ids(text))

const cosine = (one: Float32Array, other: Float32Array) => one.reduce((sum, value, i) => sum + value * other[i]!, 0)

test('float32 vectors are Python’s', async () => {
  for (const backbone of ['bge-small-zh', 'all-minilm-l6-v2'] as const)
    for (const pooling of ['first', 'mean'] as const) {
      const wanted = pythonReference.vectors.filter((one) => one.backbone === backbone && one.pooling === pooling)
      if (wanted.length === 0) continue
      const encoder = await encoderOf({ folder: backboneFolder(backbone), precision: 'float32', pooling })
      const vectors = await encoder.encode(
        windowsOf(
          encoder,
          wanted.map(({ text }) => text),
        ),
      )
      wanted.forEach(({ float32 }, row) =>
        float32.forEach((value, place) => expect(vectors[row * encoder.dimension + place]).toBeCloseTo(value, 4)),
      )
      await encoder.close()
    }
})

test('int8 vectors are near those of float32, and the same in any company', async () => {
  const texts = ['客户很满意，愿意继续合作。', '利率太高', '好', '客户对理财产品感兴趣，约定下周再谈']
  const exact = await encoderOf({ precision: 'float32', pooling: 'first-and-mean' })
  const quick = await encoderOf({ precision: 'int8', pooling: 'first-and-mean' })
  expect(quick.dimension).toBe(1024)
  expect(quick.id).not.toBe(exact.id)
  const [all, near] = [await exact.encode(windowsOf(exact, texts)), await quick.encode(windowsOf(quick, texts))]
  const alone = await encoderOf({ precision: 'int8', pooling: 'first-and-mean', cacheEntries: 1 })
  for (const [row, text] of texts.entries()) {
    const part = [row * 1024, (row + 1) * 1024] as const
    expect(cosine(all.subarray(...part), near.subarray(...part)) / 2).toBeGreaterThan(0.9)
    expect(await alone.encode(windowsOf(alone, [text]))).toEqual(near.slice(...part))
  }
})

test('encoded windows are cached; equal windows of a call are encoded once', async () => {
  const encoder = await encoderOf({ threads: 1, program: new URL('./counting-encoder-worker.ts', import.meta.url) })
  const first = await encoder.encode(windowsOf(encoder, ['甲', '乙', '甲']))
  expect(first.subarray(0, encoder.dimension)).toEqual(first.subarray(2 * encoder.dimension))
  // The counting backbone returns, as its first number, how many windows it had encoded before.
  const again = await encoder.encode(windowsOf(encoder, ['乙', '丙']))
  expect([first[0], first[encoder.dimension], again[0], again[encoder.dimension]]).toEqual([0, 1, 1, 2])
})

test('windows that an earlier process has encoded are not encoded again; a failing disk is reported once, and costs only time', async () => {
  const directory = join(mkdtempSync(join(tmpdir(), 'kept-')), 'vectors')
  const troubles: string[] = []
  const options = {
    program: new URL('./counting-encoder-worker.ts', import.meta.url),
    diskCache: { directory, onTrouble: ({ message }: Error) => void troubles.push(message) },
  }
  const before = await encoderOf(options)
  await before.encode(windowsOf(before, ['甲', '乙']))
  await before.close()
  const after = await encoderOf(options)
  const vectors = await after.encode(windowsOf(after, ['丙', '乙']))
  expect([vectors[0], vectors[after.dimension]]).toEqual([0, 1])
  expect(troubles).toEqual([])

  writeFileSync(`${directory}-file`, '')
  const without = await encoderOf({ ...options, diskCache: { ...options.diskCache, directory: `${directory}-file` } })
  const encoded = await without.encode(windowsOf(without, ['乙', '丁']))
  expect([encoded[0], encoded[without.dimension]]).toEqual([0, 1])
  expect(troubles).toEqual([expect.stringContaining('EEXIST')])
})

test('a short call does not wait for a long one', async () => {
  const encoder = await encoderOf({ threads: 1 })
  const texts = Array.from({ length: 60 }, (_, index) => `${'客户满意'.repeat(60)}${index}`)
  const settled: string[] = []
  const long = encoder.encode(windowsOf(encoder, texts)).then(() => settled.push('long'))
  await encoder.encode(windowsOf(encoder, ['短'])).then(() => settled.push('short'))
  await long
  expect(settled).toEqual(['short', 'long'])
})

test('a thread that dies fails its own call, and is replaced', async () => {
  const encoder = await encoderOf({ program: new URL('./mortal-encoder-worker.ts', import.meta.url) })
  await expect(encoder.encode([Int32Array.of(999)])).rejects.toThrow('struck down')
  expect(await encoder.encode([Int32Array.of(5)])).toHaveLength(encoder.dimension)
})

test('an empty window, odd texts and a window too long', async () => {
  const encoder = await encoderOf()
  const odd = ['', '\u0007\u200b', '😀', '𠀀', '\ud800']
  const vectors = await encoder.encode(windowsOf(encoder, odd))
  expect(vectors.every(Number.isFinite)).toBe(true)
  expect(await encoder.encode([])).toHaveLength(0)
  await expect(encoder.encode([new Int32Array(encoder.windowMax + 1)])).rejects.toThrow('has 511 ids, and 510 at most')
})

test('a folder that holds no backbone that can be used is refused, with the file', async () => {
  const copy = (files: Record<string, (path: string) => void>): string => {
    const made = mkdtempSync(join(tmpdir(), 'backbone-'))
    for (const [name, change] of Object.entries(files)) {
      const path = join(made, name)
      copyFileSync(join(folder, name === 'foreign.json' ? 'tokenizer.json' : name), path)
      change(path)
    }
    return made
  }
  const whole = { 'model-int8.onnx': () => {}, 'tokenizer.json': () => {} }
  const cut = (path: string) => truncateSync(path, 1_000_000)
  await expect(encoderOf({ folder: '/nowhere' })).rejects.toThrow('There is no folder /nowhere')
  await expect(encoderOf({ folder: copy({ 'tokenizer.json': () => {} }) })).rejects.toThrow('has no model-int8.onnx')
  await expect(
    encoderOf({ folder: copy({ ...whole, 'backbone.json': () => {}, 'model-int8.onnx': cut }) }),
  ).rejects.toThrow(/model-int8.onnx was cut short, damaged or exchanged/)
  await expect(encoderOf({ folder: copy({ ...whole, 'model-int8.onnx': cut }) })).rejects.toThrow(
    /can't be opened as ONNX/,
  )
  await expect(
    encoderOf({ folder: copy({ ...whole, 'model-int8.onnx': (path) => writeFileSync(path, sumModel(2)) }) }),
  ).rejects.toThrow('takes rows: a BERT takes input_ids')
  const stretched = (path: string) => {
    const file = JSON.parse(readFileSync(path, 'utf8'))
    file.model.vocab['ganz neu'] = 50_000
    writeFileSync(path, JSON.stringify(file))
  }
  await expect(encoderOf({ folder: copy({ ...whole, 'tokenizer.json': stretched }) })).rejects.toThrow(
    'does not fit its tokenizer of 50001 entries',
  )
  // A backbone that the user provides needs no backbone.json.
  const brought = await encoderOf({ folder: copy(whole) })
  expect(brought.dimension).toBe(512)
})
