import { parseScoreId } from '../../../composition/archive/score-id.ts'
import { processors } from '../../../subjects/subjects.ts'

test('the id of a score names its processor and the record that caused it', () => {
  const { processor, cause } = parseScoreId('conversion/visits/1/17/o/1', processors)
  expect(processor.name).toBe('conversion')
  expect(cause).toEqual({ topic: 'visits', partition: 1, offset: 17 })
})

test('a scorer belongs to the processor that runs it', () => {
  expect(parseScoreId('loan-demand/transactions/0/3/c1', processors).processor.name).toBe('customer-features')
})

test('a score after a change of settings names its key', () => {
  expect(parseScoreId('conversion/sweep/abc/c1/o1', processors)).toMatchObject({ cause: undefined, key: 'c1' })
})

test.each(['', 'o1', 'nobody/visits/0/1/o1', 'conversion/visits/0/17', 'conversion/visits/x/1/o1'])(
  '%j is refused',
  (id) => {
    expect(() => parseScoreId(id, processors)).toThrow('is no id of a score')
  },
)
