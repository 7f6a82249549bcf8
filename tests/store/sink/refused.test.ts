import { alerts } from '../../../schemas/customers/alerts.ts'
import { scores } from '../../../schemas/models/scores.ts'
import { isPermanentError } from '../../../store/sink/refused.ts'
import { alertOf, count, positionsOf, put, scoreOf, storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()

/** A random id that exceeds the size of a PostgreSQL index entry even if compressed. */
const hugeId = Array.from({ length: 3_000 }, (_, index) =>
  String.fromCodePoint(0x4e00 + ((index * 7919) % 20_000)),
).join('')

test('an event that no retry could write becomes a dead letter with its cause, and the others are written', async () => {
  const { database } = store
  const values = Array.from({ length: 37 }, (_, index) => scoreOf(index, index % 11 === 5 ? { subjectId: hugeId } : {}))
  expect(await put(database, scores, values)).toEqual({ refused: 3 })
  expect(await count(database, 'score_history')).toBe(34)
  const letters = await database.selectFrom('dead_letters').selectAll().orderBy('offset').execute()
  expect(letters.map(({ offset }) => offset)).toEqual([5, 16, 27])
  expect(letters[0]).toMatchObject({ processor: 'sink', topic: 'scores', partition: 0, code: 'INVALID' })
  expect(letters[0]!.message).toContain('index row')
  expect(JSON.parse(letters[0]!.value!.toString())).toMatchObject({ id: 's5', subjectId: hugeId })
  expect((await positionsOf(database, 0)).get('scores')).toBe(37)
  expect(await database.selectFrom('scores').select('id').execute()).toEqual([{ id: 's36' }])
})

test('the order of the remaining records stays: the one published last applies', async () => {
  const { database } = store
  await put(database, alerts, [
    alertOf(1),
    alertOf(2, { kind: hugeId as never }),
    alertOf(3, { raised: false }),
    alertOf(4, { id: hugeId }),
  ])
  expect(await database.selectFrom('alerts').select(['id', 'raised']).execute()).toEqual([{ id: 'l3', raised: false }])
})

test('an error that a retry may fix is not a refusal', () => {
  const failed = (code: string) => Object.assign(new Error('failed'), { code })
  expect(['22P02', '23502', '54000'].map((code) => isPermanentError(failed(code)))).toEqual([true, true, true])
  expect(
    ['40001', '40P01', '57P01', '53300', '42P01', '23514', 'ECONNRESET'].map((code) => isPermanentError(failed(code))),
  ).toEqual(Array.from({ length: 7 }, () => false))
  expect(isPermanentError('22P02')).toBe(false)
  expect(isPermanentError(new Error('Connection terminated unexpectedly'))).toBe(false)
  expect(isPermanentError(new RangeError('Invalid time value'))).toBe(true)
})
