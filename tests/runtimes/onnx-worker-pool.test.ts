import { forestToOnnx } from '../../models/onnx/forest-to-onnx.ts'
import { startOnnxWorkers } from '../../runtimes/onnx-worker-pool.ts'
import { boosted, mixedData } from '../models/boosting/forests.ts'
import { batchOf, greatestDifference, onnxScores } from '../models/onnx/onnx-scores.ts'
import { sumModel } from './onnx-models.ts'

const mortal = new URL('./mortal-onnx-worker.ts', import.meta.url)

test('many simultaneous calls give the same scores as one session, in their order', async () => {
  const data = mixedData(2000)
  const bytes = forestToOnnx(boosted(data, { trees: 50 }).forest, data.width, 'classification')
  const expected = await onnxScores(bytes, data)
  const workers = await startOnnxWorkers(bytes, { threads: 2 })
  expect(workers.width).toBe(4)
  const settled: number[] = []
  const given = new Float64Array(data.count)
  // The first piece is by far the longest.
  const cuts = [0, 1500, ...Array.from({ length: 100 }, (_, k) => 1505 + 5 * k)].filter((cut) => cut <= data.count)
  const calls = cuts.slice(1).map(async (end, call) => {
    const begin = cuts[call]!
    const batch = { count: end - begin, width: 4, rows: data.rows.slice(4 * begin, 4 * end) }
    const scored = workers.score(batch, given.subarray(begin, end))
    // The pool must not read the caller’s rows after this point.
    batch.rows.fill(0)
    await scored
    settled.push(call)
  })
  await Promise.all(calls)
  expect(greatestDifference(given, expected)).toBe(0)
  expect(settled).toEqual([...calls.keys()])
  await workers.close()
})

test('the event loop keeps running while a thread scores', async () => {
  const data = mixedData(1000)
  const bytes = forestToOnnx(boosted(data, { trees: 300 }).forest, data.width, 'classification')
  const workers = await startOnnxWorkers(bytes)
  const rows = new Float32Array(400_000)
  for (let i = 0; i < rows.length; i += data.rows.length) rows.set(data.rows, i)
  let scoring = true
  const scored = workers
    .score({ count: 100_000, width: 4, rows }, new Float64Array(100_000))
    .finally(() => (scoring = false))
  let turns = 0
  while (scoring) {
    await new Promise((resolve) => setImmediate(resolve))
    turns++
  }
  await scored
  expect(turns).toBeGreaterThan(10)
  await workers.close()
})

test('an error rejects its own call alone', async () => {
  const workers = await startOnnxWorkers(sumModel(2))
  const into = [0, 1, 2].map(() => new Float64Array(1))
  const calls = [
    workers.score(batchOf([[1, 2]]), into[0]!),
    workers.score(batchOf([[1, 2, 3]]), into[1]!),
    workers.score(batchOf([[3, 4]]), into[2]!),
  ]
  expect((await Promise.allSettled(calls)).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  await expect(calls[1]).rejects.toThrow('rows of 2 numbers, and these have 3')
  expect(into.map(([score]) => score)).toEqual([3, 0, 7])
  await workers.close()
})

test('a thread that dies fails its call and is replaced', async () => {
  const workers = await startOnnxWorkers(sumModel(2), { program: mortal })
  const into = new Float64Array(1)
  for (let round = 0; round < 3; round++) {
    const calls = [
      [1, 2],
      [-1, 0],
      [3, 4],
    ].map((row) => workers.score(batchOf([row]), into))
    expect((await Promise.allSettled(calls)).map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
    ])
    await expect(calls[1]).rejects.toThrow('A thread that scores has ended: struck down')
    expect(into[0]).toBe(7)
  }
  await workers.close()
})

test('a thread that dies before its first answer is replaced once; with the last one all calls are rejected', async () => {
  const workers = await startOnnxWorkers(sumModel(2), { program: mortal })
  const into = new Float64Array(1)
  const calls = [
    [-1, 0],
    [-1, 0],
    [1, 2],
  ].map((row) => workers.score(batchOf([row]), into))
  const results = await Promise.allSettled(calls)
  expect(results.map((result) => (result.status === 'rejected' ? (result.reason as Error).message : ''))).toEqual([
    'A thread that scores has ended: struck down',
    'A thread that scores has ended: struck down',
    'No thread is left that could score. A thread that scores has ended: struck down',
  ])
  await expect(workers.score(batchOf([[1, 2]]), into)).rejects.toThrow('No thread is left')
  await workers.close()
})

test('closed while busy, it rejects open calls and later ones', async () => {
  const workers = await startOnnxWorkers(sumModel(2), { threads: 2 })
  const rows = new Float32Array(200_000)
  const calls = Array.from({ length: 10 }, () =>
    workers.score({ count: 100_000, width: 2, rows }, new Float64Array(100_000)),
  )
  const results = Promise.allSettled(calls)
  await workers.close()
  expect(new Set((await results).map(({ status }) => status))).toEqual(new Set(['rejected']))
  await expect(workers.score(batchOf([[1, 2]]), new Float64Array(1))).rejects.toThrow('The threads were closed')
  await workers.close()
})

test.each([
  ['no model at all', new Uint8Array(5), 'This is no ONNX model'],
  [
    'one with an operator that there is not',
    renamed(sumModel(2), 'MatMul', 'MatMix'),
    "ONNX Runtime can't open the model",
  ],
])('%s is refused at the start', async (_, bytes, message) => {
  await expect(startOnnxWorkers(bytes, { threads: 2 })).rejects.toThrow(message)
})

function renamed(bytes: Uint8Array, from: string, to: string): Uint8Array {
  return new Uint8Array(Buffer.from(Buffer.from(bytes).toString('latin1').replace(from, to), 'latin1'))
}
