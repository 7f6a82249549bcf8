import { OnnxError } from '../../models/onnx/onnx-error.ts'
import { openOnnxSession } from '../../runtimes/onnx-session.ts'
import { batchOf } from '../models/onnx/onnx-scores.ts'
import { foreignModel, sumModel, tensor } from './onnx-models.ts'

const FLOAT = 1
const INT64 = 7
const DOUBLE = 11

const batch = batchOf([
  [1, 2],
  [3, 4],
  [5, Number.NaN],
])

test('scores only the rows that the batch has', async () => {
  const session = await openOnnxSession(sumModel(2))
  expect(session.width).toBe(2)
  const into = new Float64Array(4).fill(-7)
  await session.score({ ...batch, count: 2 }, into)
  expect([...into]).toEqual([3, 7, -7, -7])
  await session.score({ ...batch, count: 0 }, into)
  await session.score(batch, into)
  expect([...into]).toEqual([3, 7, Number.NaN, -7])
  await session.close()
})

test('rows of another width, too few numbers and too small an output are refused, and the session continues', async () => {
  const session = await openOnnxSession(sumModel(2))
  const into = new Float64Array(3)
  await expect(session.score({ count: 1, width: 3, rows: new Float32Array(3) }, into)).rejects.toThrow(
    'rows of 2 numbers',
  )
  await expect(session.score({ ...batch, count: 9 }, new Float64Array(9))).rejects.toThrow('there are 6 numbers')
  await expect(session.score(batch, new Float64Array(2))).rejects.toThrow('room for 2 scores')
  await session.score(batch, into)
  expect(into[0]).toBe(3)
  await session.close()
})

describe('models of other tools', () => {
  test('the last column is the score, or the chosen one; doubles will do', async () => {
    const bytes = foreignModel(
      [tensor('x', DOUBLE, [null, 2])],
      [tensor('label', INT64, [null, 2]), tensor('probabilities', FLOAT, [null, 2])],
      [
        ['x', 'Cast', 'probabilities', FLOAT],
        ['x', 'Cast', 'label', INT64],
      ],
    )
    for (const [choice, expected] of [
      [{}, [2, 4]],
      [{ column: 0 }, [1, 3]],
      [{ output: 'probabilities', column: 1 }, [2, 4]],
    ] as const) {
      const session = await openOnnxSession(bytes, choice)
      const into = new Float64Array(2)
      await session.score({ ...batch, count: 2 }, into)
      expect([...into]).toEqual(expected)
      await session.close()
    }
    await expect(openOnnxSession(bytes, { output: 'label' })).rejects.toThrow('gives no numbers as "label"')
    const beyond = await openOnnxSession(bytes, { column: 2 })
    await expect(beyond.score(batch, new Float64Array(3))).rejects.toThrow('shape [3, 2] for 3 rows, and column 2')
    await beyond.close()
  })

  test.each<[string, Uint8Array, string]>([
    [
      'two inputs',
      foreignModel(
        [tensor('a', FLOAT, [null, 1]), tensor('b', FLOAT, [null, 1])],
        [tensor('y', FLOAT, [null, 1])],
        [['a', 'Neg', 'y']],
      ),
      'The model takes 2 inputs ("a" float32 [N, 1], "b" float32 [N, 1])',
    ],
    [
      'an input of integers',
      foreignModel([tensor('a', INT64, [null, 1])], [tensor('y', FLOAT, [null, 1])], [['a', 'Cast', 'y', FLOAT]]),
      'The model takes "a" int64 [N, 1]',
    ],
    [
      'no output of numbers',
      foreignModel([tensor('a', FLOAT, [null, 1])], [tensor('y', INT64, [null, 1])], [['a', 'Cast', 'y', INT64]]),
      'The model gives "y" int64 [N, 1]',
    ],
    [
      'a choice of outputs',
      foreignModel(
        [tensor('a', FLOAT, [null, 1])],
        [tensor('y', FLOAT, [null, 1]), tensor('z', FLOAT, [null, 1])],
        [
          ['a', 'Neg', 'y'],
          ['a', 'Abs', 'z'],
        ],
      ),
      'several outputs of numbers, "y" float32 [N, 1], "z" float32 [N, 1]',
    ],
    [
      'an operator that there is not',
      foreignModel([tensor('a', FLOAT, [null, 1])], [tensor('y', FLOAT, [null, 1])], [['a', 'Guess', 'y']]),
      "ONNX Runtime can't open the model",
    ],
  ])('%s', async (_, bytes, message) => {
    await expect(openOnnxSession(bytes)).rejects.toThrow(OnnxError)
    await expect(openOnnxSession(bytes)).rejects.toThrow(message)
  })
})

test('a file that was cut short is refused', async () => {
  const bytes = sumModel(2)
  await expect(openOnnxSession(bytes.subarray(0, bytes.length - 20))).rejects.toThrow('This is no ONNX model')
})

test('a changed byte anywhere gives scores or an error that explains it', async () => {
  const bytes = sumModel(2)
  let refused = 0
  for (let place = 0; place < bytes.length; place++) {
    const changed = bytes.slice()
    changed[place]! ^= 1
    try {
      const session = await openOnnxSession(changed)
      await session.close()
    } catch (error) {
      refused++
      expect(error).toBeInstanceOf(OnnxError)
    }
  }
  expect(refused).toBeGreaterThan(20)
})
